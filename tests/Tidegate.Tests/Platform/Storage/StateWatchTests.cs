using Tidegate.Platform.Storage;
using Tidegate.Platform.Storage.Engines;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Storage;

/// <summary>Background work looks when somebody has changed something, and never misses it.</summary>
public sealed class StateWatchTests(PostgresServer server)
{
    private int _looks;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LookAsync_NothingChangedOnSqlite_LooksOnce()
    {
        await using var database = new SqliteTestDatabase();
        var watch = new StateWatch(await database.OpenAsync());

        for (var i = 0; i < 3; i++) await watch.LookAsync(Look, Cancel);

        Assert.Equal(1, _looks);
    }

    [Fact]
    public async Task LookAsync_ChangedBySomebodyElse_LooksAgain()
    {
        await using var database = new SqliteTestDatabase();
        var watch = new StateWatch(await database.OpenAsync());
        await watch.LookAsync(Look, Cancel);
        var other = await database.OpenAsync();

        for (var i = 0; i < 3; i++)
        {
            await Change(other, i);
            await watch.LookAsync(Look, Cancel);
            await watch.LookAsync(Look, Cancel);
        }

        Assert.Equal(4, _looks);
    }

    [Fact]
    public async Task LookAsync_ChangedDuringTheLook_LooksAgain()
    {
        await using var database = new SqliteTestDatabase();
        var store = await database.OpenAsync();
        var watch = new StateWatch(store);

        await watch.LookAsync(_ => Change(store, 1), Cancel);
        await watch.LookAsync(Look, Cancel);

        Assert.Equal(1, _looks);
    }

    [Fact]
    public async Task LookAsync_LookFailed_LooksAgain()
    {
        await using var database = new SqliteTestDatabase();
        var watch = new StateWatch(await database.OpenAsync());

        await Assert.ThrowsAsync<InvalidOperationException>(() => watch.LookAsync(_ => throw new InvalidOperationException("not now"), Cancel));
        await watch.LookAsync(Look, Cancel);

        Assert.Equal(1, _looks);
    }

    [Fact]
    public async Task LookAsync_FileGone_LooksSoThatTheTroubleIsSeen()
    {
        await using var database = new SqliteTestDatabase();
        var watch = new StateWatch(await database.OpenAsync());
        await watch.LookAsync(Look, Cancel);
        File.Delete(Path.Combine(database.Directory.Path, "state.db"));

        await watch.LookAsync(Look, Cancel);

        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task LookAsync_OnPostgres_LooksEveryTime()
    {
        await using var database = new PostgresTestDatabase(server);
        var watch = new StateWatch(await database.OpenAsync());

        for (var i = 0; i < 3; i++) await watch.LookAsync(Look, Cancel);

        Assert.Equal(3, _looks);
    }

    private static Task Change(StateStore store, int number) => store.ChangeAsync((db, _) =>
    {
        db.Add(new StorageFact { Name = $"fact {number}", Value = "true" });
        return Task.CompletedTask;
    }, Cancel);

    private Task Look(CancellationToken cancel)
    {
        _looks++;
        return Task.CompletedTask;
    }
}
