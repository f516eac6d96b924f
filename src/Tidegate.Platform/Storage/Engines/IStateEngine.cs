using Microsoft.EntityFrameworkCore.Storage;

namespace Tidegate.Platform.Storage.Engines;

/// <summary>What differs between the databases. Everything above speaks EF.</summary>
internal interface IStateEngine : IAsyncDisposable
{
    /// <summary>Contexts kept for the next use: to make one anew costs 50 kB, and background work asks for one every second. As many as readers, and one that writes.</summary>
    const int ContextsKept = 9;

    /// <summary>How it is named in messages; never with a password.</summary>
    string Description { get; }

    /// <summary>Lends a context that knows nothing of its last use; disposing gives it back.</summary>
    StateDb Create();

    /// <summary>Steps before and after migration: directory, rights, stale locks, server settings.</summary>
    Task PrepareAsync(CancellationToken cancel);

    /// <summary>Migrates to the schema of this program; one process at a time.</summary>
    Task MigrateAsync(StateDb db, CancellationToken cancel);

    /// <summary>Begins a transaction that holds the write lock of the whole database: changes are one after the other, on every node.</summary>
    Task<IDbContextTransaction> BeginChangeAsync(StateDb db, CancellationToken cancel);

    /// <summary>Begins a transaction whose reads all see one moment.</summary>
    Task<IDbContextTransaction> BeginSnapshotAsync(StateDb db, CancellationToken cancel);

    /// <summary>Takes the write lock and gives it back.</summary>
    Task ProbeAsync(CancellationToken cancel);

    /// <summary>A number that is another one when anybody has changed anything; null where there is none, or when the database cannot be asked.</summary>
    long? Version();

    /// <summary>Throws when what was written would not be found by the next process (the file was removed under us).</summary>
    void AssertStillThere();

    /// <summary>The fault behind an exception, or null when it is not about the database being unavailable.</summary>
    StateFault? FaultOf(Exception exception);

    /// <summary>True when an exception says that a text of the caller has a character the database cannot keep or look for.</summary>
    bool IsUnkeepable(Exception exception);
}
