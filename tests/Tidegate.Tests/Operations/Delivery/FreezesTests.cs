using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources.Objectives.FreezeCalendars;
using Tidegate.Operations.Delivery;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Audit.Chain;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Delivery;

public sealed class FreezesOnSqliteTests() : FreezesTests(new SqliteTestDatabase());

public sealed class FreezesOnPostgresTests(PostgresServer server) : FreezesTests(new PostgresTestDatabase(server));

public abstract class FreezesTests(TestDatabase database) : IAsyncLifetime
{
    private static readonly Actor Ada = new(ActorKind.User, "ada");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private AuditTrail _audit = null!;
    private EventLog _events = null!;
    private Freezes _freezes = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Open(await database.OpenAsync());

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    [Fact]
    public async Task StartAsync_Freeze_HoldsAcrossARestartUntilItIsEndedAndIsAuditedAndToldOf()
    {
        var until = new DateTimeOffset(2026, 3, 9, 10, 0, 0, TimeSpan.FromHours(1));
        var freeze = await _freezes.StartAsync(
            new FreezeRequest { Service = "orders", Reason = "budget used up", Evidence = "orders-works: -3 %", Until = until, Exceptions = [FreezeException.Security] }, Ada, Cancel);
        Open(await database.OpenAsync());

        var open = Assert.Single(await _freezes.ListAsync("orders", all: false, Cancel));
        Assert.Equal((freeze.Id, "budget used up", "ada", "orders-works: -3 %", until.ToUniversalTime()), (open.Id, open.Reason, open.Author, open.Evidence, open.Until!.Value.ToUniversalTime()));
        Assert.Equal([FreezeException.Security], open.Exceptions);
        Assert.Empty(await _freezes.ListAsync("stock", all: false, Cancel));

        Assert.Equal("ada", (await _freezes.EndAsync(freeze.Id, Ada, Cancel))!.EndedBy);
        Assert.Null(await _freezes.EndAsync(freeze.Id, Ada, Cancel));
        Assert.Empty(await _freezes.ListAsync(null, all: false, Cancel));
        Assert.Equal(freeze.Id, Assert.Single(await _freezes.ListAsync(null, all: true, Cancel)).Id);
        Assert.Equal(["delivery.unfreeze", "delivery.freeze"], (await _audit.ListAsync(new AuditQuery(), Cancel)).Select(row => row.Action));
        Assert.Equal([Freezes.Ended, Freezes.Started], (await _events.ListAsync(new EventQuery { Subject = "service/orders" }, Cancel)).Select(e => e.Type));
    }

    [Fact]
    public async Task StartAsync_TheSameKeyAgain_IsTheSameFreezeEvenWhenAPersonHasEndedIt()
    {
        var request = new FreezeRequest { Service = "orders", Reason = "policy", Key = "policy/low" };
        var first = await _freezes.StartAsync(request, Ada, Cancel);
        Assert.Equal(first.Id, (await _freezes.StartAsync(request, Ada, Cancel)).Id);
        Assert.NotEqual(first.Id, (await _freezes.StartAsync(request with { Service = "stock" }, Ada, Cancel)).Id);

        await _freezes.EndAsync(first.Id, Ada, Cancel);

        var again = await _freezes.StartAsync(request, Ada, Cancel);
        Assert.Equal((first.Id, "ada"), (again.Id, again.EndedBy));
        Assert.Empty(await _freezes.ListAsync("orders", all: false, Cancel));
        Assert.NotEqual(first.Id, (await _freezes.StartAsync(request with { Key = "policy/low/2" }, Ada, Cancel)).Id);
    }

    [Fact]
    public async Task ExpireAsync_TimeIsOver_HoldsNoLongerAndIsToldOfOnce()
    {
        await _freezes.StartAsync(new FreezeRequest { Service = "orders", Reason = "launch day", Until = _time.GetUtcNow().AddHours(2) }, Ada, Cancel);
        _time.Advance(TimeSpan.FromHours(2));

        Assert.Empty(await _freezes.ListAsync("orders", all: false, Cancel));
        await _freezes.ExpireAsync(Cancel);
        await _freezes.ExpireAsync(Cancel);

        var ended = Assert.Single(await _events.ListAsync(new EventQuery { Type = Freezes.Ended }, Cancel));
        Assert.Equal((_time.GetUtcNow(), "its time"), (ended.Time, ended.Data!["endedBy"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("", "why", 1, "service")]
    [InlineData("orders", " ", 1, "reason")]
    [InlineData("orders", "why", 0, "until")]
    [InlineData("ord\0ers", "why", 1, "service")]
    [InlineData("orders", "wh\0y", 1, "reason")]
    public async Task StartAsync_MakesNoSense_IsRefusedWithTheKey(string service, string reason, int minutes, string path)
    {
        var refused = await Assert.ThrowsAsync<ProblemException>(() => _freezes.StartAsync(new FreezeRequest { Service = service, Reason = reason, Until = _time.GetUtcNow().AddMinutes(minutes) }, Ada, Cancel));

        Assert.Equal((400, path), (refused.Problem.Status, refused.Problem.Path));
        Assert.Empty(await _freezes.ListAsync(null, all: true, Cancel));
    }

    private void Open(StateStore store)
    {
        _audit = new AuditTrail(store, new AnchorFile(database.Directory.Path), _time, NullLogger<AuditTrail>.Instance);
        _events = new EventLog(store);
        _freezes = new Freezes(store, _audit, _events, _time);
    }
}
