using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Platform.Events;
using Tidegate.Platform.Events.Dispatch;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Events;

public sealed class EventDispatchOnSqliteTests() : EventDispatchTests(new SqliteTestDatabase(), shared: false);

public sealed class EventDispatchOnPostgresTests(PostgresServer server) : EventDispatchTests(new PostgresTestDatabase(server), shared: true);

public abstract class EventDispatchTests(TestDatabase database, bool shared) : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private StateStore _store = null!;
    private EventLog _log = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await database.OpenAsync();
        _log = new EventLog(_store);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    [Fact]
    public async Task AppendAsync_TheSameIdTwice_IsWrittenOnce()
    {
        Assert.True(await _log.AppendAsync(New("a"), Cancel));
        Assert.False(await _log.AppendAsync(New("a"), Cancel));
        await _store.ChangeAsync(async (db, cancel) =>
        {
            Assert.True(await _log.AppendAsync(db, New("b"), cancel));
            Assert.False(await _log.AppendAsync(db, New("b"), cancel));
            Assert.True(await _log.AppendAsync(db, New("c"), cancel));
        }, Cancel);

        var events = await _log.ListAsync(new EventQuery(), Cancel);
        Assert.Equal([(3L, "c"), (2L, "b"), (1L, "a")], events.Select(e => (e.Sequence, e.Id)));
        Assert.Equal("a", events[2].Data!["word"]!.GetValue<string>());
        Assert.Equal([2L, 1L], (await _log.ListAsync(new EventQuery { Below = 3, Type = "test.*" }, Cancel)).Select(e => e.Sequence));
    }

    [Fact]
    public async Task Dispatch_Events_AreToldInOrderAndOnlyTheWantedOnes()
    {
        var wanted = new Recorder("wanted");
        using var dispatcher = Dispatcher(wanted);
        await dispatcher.StartAsync(Cancel);
        await wanted.BegunAsync(_store, "wanted");
        await _log.AppendAsync(New("a"), Cancel);
        await _log.AppendAsync(New("x", "other.thing"), Cancel);
        await _log.AppendAsync(New("b"), Cancel);

        Assert.Equal(["a", "b"], await wanted.ToldAsync(2));
        await dispatcher.StopAsync(Cancel);
    }

    [Fact]
    public async Task Dispatch_SubscriberThatFails_IsToldAgainAndTheOthersGoOn()
    {
        var (stuck, well) = (new Recorder("stuck") { Failures = 1 }, new Recorder("well"));
        var health = new DispatchHealth();
        using var dispatcher = Dispatcher(health, stuck, well);
        await dispatcher.StartAsync(Cancel);
        await stuck.BegunAsync(_store, "stuck");
        await well.BegunAsync(_store, "well");
        await _log.AppendAsync(New("a"), Cancel);

        Assert.Equal(["a"], await well.ToldAsync(1));
        while (health.Problems.Count == 0) await Task.Yield();
        Assert.Contains("stuck", Assert.Single(health.Problems), StringComparison.Ordinal);
        var told = stuck.ToldAsync(1);
        while (!told.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(["a"], await told);
        await dispatcher.StopAsync(Cancel);
    }

    [Fact]
    public async Task Dispatch_AfterARestart_GoesOnWhereItStopped()
    {
        var first = new Recorder("one");
        using (var dispatcher = Dispatcher(first))
        {
            await dispatcher.StartAsync(Cancel);
            await first.BegunAsync(_store, "one");
            await _log.AppendAsync(New("a"), Cancel);
            await first.ToldAsync(1);
            await dispatcher.StopAsync(Cancel);
        }

        await _log.AppendAsync(New("b"), Cancel);
        var second = new Recorder("one");
        using var next = Dispatcher(second);
        await next.StartAsync(Cancel);

        Assert.Equal(["b"], await second.ToldAsync(1));
        await next.StopAsync(Cancel);
    }

    private static NewEvent New(string id, string type = "test.happened") => new(id, type, "thing/1", new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), new { Word = id });

    private EventDispatcher Dispatcher(params IEventSubscriber[] subscribers) => Dispatcher(new DispatchHealth(), subscribers);

    private EventDispatcher Dispatcher(DispatchHealth health, params IEventSubscriber[] subscribers) =>
        new(_log, _store, new Leases(_store, shared, _time), subscribers, health, _time, NullLogger<EventDispatcher>.Instance);
}
