using System.Data;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Tidegate.Platform.Storage.Engines;

/// <summary>PostgreSQL by connection string, for several nodes or an existing server.</summary>
internal sealed class PostgresEngine : IStateEngine
{
    // "tidegate" in ASCII: the advisory lock every change takes first, on every node.
    private const long ChangeLock = 0x7469_6465_6761_7465;

    private readonly NpgsqlDataSource _source;
    private readonly PooledDbContextFactory<PostgresStateDb> _contexts;

    public PostgresEngine(string connectionString, StateSchema schema)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException error)
        {
            // The text itself may hold a password: say what is wrong, not what was given.
            throw new StateUnavailableException(StateFault.Unusable, $"The connection string of --database is not valid: {error.Message}", error);
        }

        settings.ApplicationName ??= "tidegate";
        if (!settings.ContainsKey("Timeout")) settings.Timeout = 5;
        if (!settings.ContainsKey("Command Timeout")) settings.CommandTimeout = 15;
        Description = $"PostgreSQL {settings.Host}:{settings.Port}/{settings.Database}";
        _source = NpgsqlDataSource.Create(settings);
        var options = new DbContextOptionsBuilder<PostgresStateDb>().UseNpgsql(_source, npgsql => npgsql.MigrationsAssembly(schema.Migrations));
        schema.AddTo(options);
        _contexts = new PooledDbContextFactory<PostgresStateDb>(options.Options, IStateEngine.ContextsKept);
    }

    public string Description { get; }

    public StateDb Create() => _contexts.CreateDbContext();

    public Task PrepareAsync(CancellationToken cancel) => Task.CompletedTask;

    public Task MigrateAsync(StateDb db, CancellationToken cancel) => db.Database.MigrateAsync(cancel);

    public async Task<IDbContextTransaction> BeginChangeAsync(StateDb db, CancellationToken cancel)
    {
        // READ COMMITTED, so that the first statement after the lock sees what the previous holder committed.
        var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
        // A server default of synchronous_commit = off would break the promise that acknowledged means kept.
        await db.Database.ExecuteSqlRawAsync("SET LOCAL synchronous_commit = on; SET LOCAL lock_timeout = '5s'", cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({ChangeLock})", cancel);
        return transaction;
    }

    public Task<IDbContextTransaction> BeginSnapshotAsync(StateDb db, CancellationToken cancel) =>
        db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);

    public async Task ProbeAsync(CancellationToken cancel)
    {
        await using var db = Create();
        await using var transaction = await BeginChangeAsync(db, cancel);
        await transaction.CommitAsync(cancel);
    }

    public long? Version() => null;

    public void AssertStillThere() { }

    public StateFault? FaultOf(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState switch
        {
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.QueryCanceled => StateFault.Locked,
            PostgresErrorCodes.DiskFull => StateFault.Full,
            PostgresErrorCodes.ReadOnlySqlTransaction => StateFault.ReadOnly,
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InsufficientPrivilege
                => StateFault.Unusable,
            // 08 connection, 53 resources, 57P shutdown and start-up, 58 system.
            _ when postgres.SqlState.StartsWith("08", StringComparison.Ordinal) || postgres.SqlState.StartsWith("53", StringComparison.Ordinal)
                || postgres.SqlState.StartsWith("57P", StringComparison.Ordinal) || postgres.SqlState.StartsWith("58", StringComparison.Ordinal) => StateFault.Gone,
            _ => null,
        },
        NpgsqlException or SocketException or TimeoutException => StateFault.Gone,
        _ => null,
    };

    // UTF-8 of PostgreSQL has no U+0000.
    public bool IsUnkeepable(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
            if (inner is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter }) return true;
        return false;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
