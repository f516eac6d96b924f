using Microsoft.EntityFrameworkCore.Storage;

namespace Tidegate.Platform.Storage.Engines;

/// <summary>What differs between the databases. Everything above speaks EF.</summary>
internal interface IStateEngine : IAsyncDisposable
{
    /// <summary>How it is named in messages; never with a password.</summary>
    string Description { get; }

    /// <summary>A context on a fresh connection.</summary>
    StateDb Create();

    /// <summary>Steps before and after migration: directory, rights, stale locks, server settings.</summary>
    Task PrepareAsync(CancellationToken cancel);

    /// <summary>Migrates to the schema of this program; one process at a time.</summary>
    Task MigrateAsync(StateDb db, CancellationToken cancel);

    /// <summary>Begins a transaction that holds the write lock of the whole database: changes are one after the other, on every node.</summary>
    Task<IDbContextTransaction> BeginChangeAsync(StateDb db, CancellationToken cancel);

    /// <summary>Begins a transaction whose reads all see one moment.</summary>
    Task<IDbContextTransaction> BeginSnapshotAsync(StateDb db, CancellationToken cancel);

    /// <summary>Throws when what was written would not be found by the next process (the file was removed under us).</summary>
    void AssertStillThere();

    /// <summary>The fault behind an exception, or null when it is not about the database being unavailable.</summary>
    StateFault? FaultOf(Exception exception);
}
