using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Tidegate.Platform.Storage;
using Tidegate.Platform.Storage.Engines;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Storage;

public sealed class SqliteFaultTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Path => _database.Directory.Combine("state.db");

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task ChangeAsync_LockedByAnotherProgram_SaysLockedAndRecovers()
    {
        var store = await _database.OpenAsync();
        using (var holder = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            holder.Open();
            Execute(holder, "BEGIN IMMEDIATE");

            var error = await Assert.ThrowsAsync<StateUnavailableException>(() => WriteAsync(store));

            Assert.Equal(StateFault.Locked, error.Fault);
            Assert.Equal(StateFault.Locked, store.Trouble?.Error.Fault);
            // WAL: readers do not care about a writer.
            Assert.Equal(1, await store.ReadAsync((db, cancel) => db.Set<StorageFact>().CountAsync(cancel), Cancel));
            Execute(holder, "ROLLBACK");
        }

        await WriteAsync(store);
        Assert.Null(store.Trouble);
    }

    [Fact]
    public async Task ChangeAsync_FileRemovedWhileInUse_IsNotAcknowledged()
    {
        var store = await _database.OpenAsync();
        await WriteAsync(store);
        foreach (var file in Directory.GetFiles(_database.Directory.Path, "state.db*")) File.Delete(file);

        var error = await Assert.ThrowsAsync<StateUnavailableException>(() => WriteAsync(store));

        Assert.Equal(StateFault.Gone, error.Fault);
        Assert.False(File.Exists(Path), "a file that vanished must not come back empty");
    }

    [Fact]
    public async Task OpenAsync_NotADatabase_IsDamagedAndTriedAgain()
    {
        await File.WriteAllTextAsync(Path, string.Concat(Enumerable.Repeat("this is not a database\n", 100)), Cancel);

        var error = await Assert.ThrowsAsync<StateUnavailableException>(_database.OpenAsync);

        Assert.Equal((StateFault.Damaged, "damaged", false), (error.Fault, error.Word, error.Permanent)); // the node starts from its last good configuration
        Assert.Contains("restore it from a backup", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_DataDirectoryIsAFile_NamesItAndWhatToDo()
    {
        var file = _database.Directory.Combine("occupied");
        await File.WriteAllTextAsync(file, "", Cancel);
        await using var engine = new SqliteEngine(file, new StateSchema(Modules.All, typeof(Modules).Assembly));

        var error = await Assert.ThrowsAsync<StateUnavailableException>(() => engine.PrepareAsync(Cancel));

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains("--data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_KilledWhileMigrating_DoesNotWaitForTheDead()
    {
        await (await _database.OpenAsync()).DisposeAsync();
        // What EF leaves when a process dies during a migration: it would wait for this row for ever.
        using (var dead = new SqliteConnection($"Data Source={Path};Pooling=False"))
        {
            dead.Open();
            Execute(dead, "CREATE TABLE IF NOT EXISTS \"__EFMigrationsLock\" (\"Id\" INTEGER PRIMARY KEY, \"Timestamp\" TEXT NOT NULL)");
            Execute(dead, "INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01')");
        }

        await _database.OpenAsync().WaitAsync(TimeSpan.FromSeconds(60), Cancel);
    }

    [Fact]
    public async Task OpenAsync_NewDirectory_IsForItsOwnerOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix modes");
        var directory = _database.Directory.Combine("fresh");
        await using var engine = new SqliteEngine(directory, new StateSchema(Modules.All, typeof(Modules).Assembly));
        await using var store = new StateStore(engine, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<StateStore>.Instance);
        await store.OpenAsync(Cancel);
        await WriteAsync(store);

        Assert.Equal("rwx------", Mode(directory));
        var files = Directory.GetFiles(directory);
        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        Assert.All(files, file => Assert.Equal("rw-------", Mode(file)));
    }

    [Fact]
    public async Task Connections_AreDurableAndChecked()
    {
        var store = await _database.OpenAsync();

        var settings = await store.ReadAsync((db, cancel) => db.Database.SqlQueryRaw<string>(
            "SELECT journal_mode || ' ' || synchronous || ' ' || foreign_keys AS \"Value\" FROM pragma_journal_mode, pragma_synchronous, pragma_foreign_keys")
            .SingleAsync(cancel), Cancel);

        Assert.Equal("wal 2 1", settings);
    }

    private static Task WriteAsync(StateStore store) =>
        store.ChangeAsync((db, _) =>
        {
            db.Add(new StorageFact { Name = Guid.NewGuid().ToString(), Value = "x" });
            return Task.CompletedTask;
        }, Cancel);

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Mode(string path)
    {
#pragma warning disable CA1416 // skipped on Windows
        var mode = (int)File.GetUnixFileMode(path);
#pragma warning restore CA1416
        return string.Concat(Enumerable.Range(0, 9).Select(i => (mode & (1 << (8 - i))) != 0 ? "rwx"[i % 3] : '-'));
    }
}
