using Microsoft.EntityFrameworkCore;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;
using Tidegate.Platform.Storage.Engines;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Storage;

public sealed class StateStoreOnSqliteTests() : StateStoreTests(new SqliteTestDatabase());

public sealed class StateStoreOnPostgresTests(PostgresServer server) : StateStoreTests(new PostgresTestDatabase(server));

public abstract class StateStoreTests(TestDatabase database) : IAsyncDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    [Fact]
    public async Task ChangeAsync_Completed_IsSeenByTheNextProcess()
    {
        var store = await database.OpenAsync();
        await store.ChangeAsync((db, _) => Put(db, "colour", "blue"), Cancel);
        await store.DisposeAsync();

        var next = await database.OpenAsync();

        Assert.Equal("blue", await Get(next, "colour"));
    }

    [Fact]
    public async Task ChangeAsync_Throws_LeavesNothing()
    {
        var store = await database.OpenAsync();
        var told = false;

        await Assert.ThrowsAsync<InvalidOperationException>(() => store.ChangeAsync(async (db, cancel) =>
        {
            await Put(db, "colour", "blue");
            db.OnCommitted(() => told = true);
            await db.SaveChangesAsync(cancel);
            throw new InvalidOperationException("changed my mind");
        }, Cancel));

        Assert.Null(await Get(store, "colour"));
        Assert.False(told);
    }

    // PostgreSQL has no U+0000 in texts; SQLite has.
    [Fact]
    public async Task TextWithANul_WhereItCannotBeKept_IsTheCallersMistakeAndNoTrouble()
    {
        var store = await database.OpenAsync();

        Exception?[] errors = [await Record.ExceptionAsync(() => store.ChangeAsync((db, _) => Put(db, "colour", "bl\0ue"), Cancel)), await Record.ExceptionAsync(() => Get(store, "col\0our"))];

        if (database is PostgresTestDatabase) Assert.All(errors, e => Assert.Equal(400, Assert.IsType<ProblemException>(e).Problem.Status));
        else Assert.Equal([null, null], errors);
        Assert.Null(store.Trouble);
        Assert.Null(await Get(store, "size"));
    }

    [Fact]
    public async Task ChangeAsync_AfterOneThatFailed_TellsOnlyItsOwnListeners()
    {
        var store = await database.OpenAsync();
        var told = new List<string>();
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.ChangeAsync(async (db, _) =>
        {
            await Put(db, "colour", "blue");
            db.OnCommitted(() => told.Add("failed"));
            throw new InvalidOperationException("changed my mind");
        }, Cancel));

        // The same context, lent again.
        await store.ChangeAsync(async (db, _) =>
        {
            await Put(db, "shape", "round");
            db.OnCommitted(() => told.Add("stands"));
        }, Cancel);

        Assert.Equal(["stands"], told);
        Assert.Null(await Get(store, "colour"));
        Assert.Equal("round", await Get(store, "shape"));
    }

    [Fact]
    public async Task ChangeAsync_ListenerThrows_ChangeStandsAndOthersAreTold()
    {
        var store = await database.OpenAsync();
        var told = false;

        await store.ChangeAsync(async (db, _) =>
        {
            await Put(db, "colour", "blue");
            db.OnCommitted(() => throw new InvalidOperationException("listener"));
            db.OnCommitted(() => told = true);
        }, Cancel);

        Assert.Equal("blue", await Get(store, "colour"));
        Assert.True(told);
    }

    [Fact]
    public async Task ChangeAsync_ManyOnTwoNodes_LoseNoUpdate()
    {
        var nodes = new[] { await database.OpenAsync(), await database.OpenAsync() };
        await nodes[0].ChangeAsync((db, _) => Put(db, "count", "0"), Cancel);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => nodes[i % 2].ChangeAsync(async (db, cancel) =>
        {
            var row = await db.Set<StorageFact>().SingleAsync(fact => fact.Name == "count", cancel);
            row.Value = (int.Parse(row.Value) + 1).ToString();
        }, Cancel)));

        Assert.Equal("60", await Get(nodes[0], "count"));
    }

    [Fact]
    public async Task SnapshotAsync_ChangeInBetween_SeesOneMoment()
    {
        var store = await database.OpenAsync();
        await store.ChangeAsync((db, _) => Put(db, "colour", "blue"), Cancel);

        var seen = await store.SnapshotAsync(async (db, cancel) =>
        {
            var first = (await db.Set<StorageFact>().SingleAsync(fact => fact.Name == "colour", cancel)).Value;
            await store.ChangeAsync(async (other, inner) => (await other.Set<StorageFact>().SingleAsync(f => f.Name == "colour", inner)).Value = "red", Cancel);
            return (first, (await db.Set<StorageFact>().SingleAsync(fact => fact.Name == "colour", cancel)).Value);
        }, Cancel);

        Assert.Equal(("blue", "blue"), seen);
        Assert.Equal("red", await Get(store, "colour"));
    }

    [Fact]
    public async Task OpenAsync_SecondTime_KeepsTheInstallation()
    {
        var first = await database.OpenAsync();
        var second = await database.OpenAsync();

        Assert.Equal(32, first.Installation.Length);
        Assert.Equal(first.Installation, second.Installation);
    }

    [Fact]
    public async Task OpenAsync_MigratedByANewerProgram_RefusesAndNamesIt()
    {
        var store = await database.OpenAsync();
        await store.ChangeAsync((db, cancel) => db.Database.ExecuteSqlRawAsync(
            "INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Tomorrow', '99.0.0')", cancel), Cancel);

        var error = await Assert.ThrowsAsync<StateUnavailableException>(database.OpenAsync);

        Assert.Equal(StateFault.NewerSchema, error.Fault);
        Assert.True(error.Permanent);
        Assert.Contains("29990101000000_Tomorrow", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_BeforeOpen_SaysStarting()
    {
        var store = await database.CreateAsync();

        var error = await Assert.ThrowsAsync<StateUnavailableException>(() => Get(store, "colour"));

        Assert.Equal(StateFault.Starting, error.Fault);
        Assert.Equal(503, error.ToProblem().Status);
    }

    [Fact]
    public async Task Model_HasNoPendingChanges()
    {
        var store = await database.OpenAsync();

        var pending = await store.ReadAsync((db, _) => Task.FromResult(db.Database.HasPendingModelChanges()), Cancel);

        Assert.False(pending, "a module changed its tables: run eng/add-migration NAME");
    }

    private static Task Put(StateDb db, string name, string value)
    {
        db.Add(new StorageFact { Name = name, Value = value });
        return Task.CompletedTask;
    }

    private static Task<string?> Get(StateStore store, string name) =>
        store.ReadAsync((db, cancel) => db.Set<StorageFact>().Where(fact => fact.Name == name).Select(fact => fact.Value).SingleOrDefaultAsync(cancel), Cancel);
}
