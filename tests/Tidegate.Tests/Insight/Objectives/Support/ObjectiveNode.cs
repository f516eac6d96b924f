using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Reading;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Indicators.Counting;
using Tidegate.Insight.Indicators.Pushed;
using Tidegate.Insight.Indicators.Series;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Alerting;
using Tidegate.Insight.Objectives.Judging;
using Tidegate.Platform.Events;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives.Support;

/// <summary>A node that counts calls and judges objectives on a real database; only the clock is ours. Dropped without a word, it is a node that was killed.</summary>
internal sealed class ObjectiveNode : IAsyncDisposable
{
    private readonly FakeTimeProvider _time;
    private readonly CallCounter _counter = new();
    private readonly ObjectiveJudge _judge;
    private readonly SeriesTick _tick;
    private readonly AlertDesk _desk;
    private long _writer;

    private ObjectiveNode(StateStore store, FakeTimeProvider time, string documents, long writer, CallStore? calls, IReadOnlyList<IIndicatorSource> sources, bool isShared)
    {
        (_time, _writer, Store, Calls) = (time, writer, store, calls!);
        Hub = new SeriesHub(new SeriesBook(() => ++_writer));
        Counts = new SeriesStore(store);
        Peers = new SeriesPeers(Counts, Hub, isShared);
        Events = new EventLog(store);
        Alerts = new AlertStore(store, Events);
        Sources = [new CallSource(_counter), Pushed, .. sources];
        Book = new ObjectiveBook(Sources);
        Source = new TestConfigSource();
        _desk = new AlertDesk(Alerts, new AlertExplainer(Book, null!, [], Source), TimeProvider.System, NullLogger<AlertDesk>.Instance);
        Source.Apply(Read(documents));
        Leases = new Leases(store, isShared, time);
        _judge = new ObjectiveJudge(Book, new SeriesHistory(Counts, Peers), Hub, _desk, Leases, Source, time, NullLogger<ObjectiveJudge>.Instance);
        _tick = new SeriesTick(_counter, Hub, Counts, [_judge], new SeriesHealth(), time, NullLogger<SeriesTick>.Instance, Peers);
    }

    public StateStore Store { get; }

    /// <summary>What this node does for all.</summary>
    public Leases Leases { get; }

    public TestConfigSource Source { get; }

    public SeriesHub Hub { get; }

    public SeriesStore Counts { get; }

    public SeriesPeers Peers { get; }

    /// <summary>The call log that is asked; null when nobody gave one.</summary>
    public CallStore Calls { get; }

    public IReadOnlyList<IIndicatorSource> Sources { get; }

    public SeriesHistory History => new(Counts);

    public EventLog Events { get; }

    public AlertStore Alerts { get; }

    public ObjectiveBook Book { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A node on a database; its first tick has been. Other sources than the gateway's own calls are given.</summary>
    public static async Task<ObjectiveNode> StartAsync(TestDatabase database, FakeTimeProvider time, string documents, CallStore? calls = null, IReadOnlyList<IIndicatorSource>? sources = null, bool isShared = false)
    {
        var node = new ObjectiveNode(await database.OpenAsync(), time, documents, Random.Shared.NextInt64(1, long.MaxValue / 2), calls, sources ?? [], isShared);
        await node._desk.StartAsync(Cancel);
        await node._tick.RunAsync(Cancel);
        return node;
    }

    /// <summary>Documents in YAML, without a finding that is an error.</summary>
    public static ConfigDocument Read(string documents)
    {
        var read = DocumentReader.Read([new SourceText("test.yaml", documents)]);
        Assert.True(read.Document is not null, string.Join(Environment.NewLine, read.Findings));
        return read.Document!;
    }

    /// <summary>Calls for a time, as many every 10 seconds, a share of them failed; a tick after each 10 seconds.</summary>
    public async Task CallsAsync(TimeSpan length, int perTick, double errors, Action<CallRecord>? with = null)
    {
        for (var end = _time.GetUtcNow() + length; _time.GetUtcNow() < end;)
        {
            for (var i = 0; i < perTick; i++)
            {
                var record = new CallRecord { Service = "orders", Route = "orders", Outcome = i < perTick * errors ? CallOutcome.UpstreamError : CallOutcome.Ok, DurationUs = 20_000 };
                with?.Invoke(record);
                _counter.Count(record);
            }

            _time.Advance(SeriesHub.Tick);
            await _tick.RunAsync(Cancel);
        }
    }

    /// <summary>A tick, without calls.</summary>
    public Task TickAsync() => _tick.RunAsync(Cancel);

    /// <summary>Counts that programs push.</summary>
    public PushedSource Pushed { get; } = new();

    /// <summary>Calls that end now, some of them failed.</summary>
    public void Count(int calls, int failed)
    {
        for (var i = 0; i < calls; i++)
            _counter.Count(new CallRecord { Service = "orders", Route = "orders", Outcome = i < failed ? CallOutcome.UpstreamError : CallOutcome.Ok, DurationUs = 20_000 });
    }

    public ObjectiveStatus Status(string id) => Book.States[id].Status!;

    /// <summary>Alerts that were told of as events, oldest first: type and subject.</summary>
    public async Task<IReadOnlyList<Event>> ToldAsync(int atLeast)
    {
        while (true)
        {
            var more = Events.More;
            var events = await Events.ListAsync(new EventQuery { Type = "objectives.*", Limit = 500 }, Cancel);
            if (events.Count >= atLeast) return [.. events.Reverse()];
            await more.WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        }
    }

    /// <summary>Stops in order.</summary>
    public async ValueTask DisposeAsync()
    {
        await _tick.StopAsync(CancellationToken.None);
        await _desk.StopAsync(CancellationToken.None);
        _judge.Dispose();
        _desk.Dispose();
        _tick.Dispose();
    }
}
