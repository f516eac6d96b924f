using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Tidegate.Platform.Storage.Engines;

/// <summary>SQLite in the data directory: WAL, every commit flushed to disk before it is acknowledged.</summary>
internal sealed class SqliteEngine : IStateEngine
{
    // Long enough for a backup tool or a shell that holds the lock for a moment, short enough that a caller gets an answer.
    private const int BusySeconds = 5;

    private readonly StateFile _file;
    private readonly PooledDbContextFactory<SqliteStateDb> _contexts;
    private readonly SqliteConnectionStringBuilder _connection;
    private readonly SqliteVersion _version;

    public SqliteEngine(string dataDirectory, StateSchema schema)
    {
        _file = new StateFile(dataDirectory);
        _connection = new SqliteConnectionStringBuilder
        {
            DataSource = _file.Path,
            // Never create: PrepareAsync makes the file with the right mode, and a file that vanishes must not come back empty.
            Mode = SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            DefaultTimeout = BusySeconds,
        };
        _version = new SqliteVersion(new SqliteConnectionStringBuilder(_connection.ConnectionString) { Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        var options = new DbContextOptionsBuilder<SqliteStateDb>()
            .UseSqlite(_connection.ConnectionString, sqlite => sqlite.MigrationsAssembly(schema.Migrations))
            .AddInterceptors(new SqliteSettings());
        schema.AddTo(options);
        _contexts = new PooledDbContextFactory<SqliteStateDb>(options.Options, IStateEngine.ContextsKept);
    }

    public string Description => $"SQLite {_file.Path}";

    public StateDb Create() => _contexts.CreateDbContext();

    public Task PrepareAsync(CancellationToken cancel)
    {
        _file.Prepare();
        return Task.CompletedTask;
    }

    public async Task MigrateAsync(StateDb db, CancellationToken cancel)
    {
        // The flock dies with its process; the row EF uses as a lock does not, and a start after kill -9 would wait for it for ever.
        using var alone = _file.LockForMigration();
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancel);
        var stale = await db.Database.SqlQueryRaw<int>("SELECT count(*) AS \"Value\" FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(cancel);
        if (stale > 0) await db.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsLock\"", cancel);
        await db.Database.MigrateAsync(cancel);
    }

    // Not deferred: BEGIN IMMEDIATE takes the write lock now, so a change never fails half-way because somebody else wrote meanwhile.
    public Task<IDbContextTransaction> BeginChangeAsync(StateDb db, CancellationToken cancel) =>
        db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancel);

    public async Task<IDbContextTransaction> BeginSnapshotAsync(StateDb db, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        return (await db.Database.UseTransactionAsync(connection.BeginTransaction(deferred: true), cancel))!;
    }

    // Every ten seconds for ever: without EF, whose code an idle node then need not keep in memory.
    public async Task ProbeAsync(CancellationToken cancel)
    {
        await using var connection = new SqliteConnection(_connection.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE; COMMIT";
        await command.ExecuteNonQueryAsync(cancel);
        _file.AssertStillThere();
    }

    public long? Version() => File.Exists(_file.Path) ? _version.Read() : null;

    public void AssertStillThere() => _file.AssertStillThere();

    public bool IsUnkeepable(Exception exception) => false;

    public StateFault? FaultOf(Exception exception) => exception switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode switch
        {
            SqliteCode.Busy or SqliteCode.Locked => StateFault.Locked,
            SqliteCode.Full => StateFault.Full,
            SqliteCode.ReadOnly => StateFault.ReadOnly,
            SqliteCode.InputOutput or SqliteCode.CannotOpen => StateFault.Gone,
            SqliteCode.Corrupt or SqliteCode.NotADatabase => StateFault.Damaged,
            _ => null,
        },
        _ => null,
    };

    public ValueTask DisposeAsync()
    {
        _version.Dispose();
        // Pooled connections keep the file (and its WAL) open after the process thinks it is done.
        using var connection = new SqliteConnection(_connection.ConnectionString);
        SqliteConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }
}
