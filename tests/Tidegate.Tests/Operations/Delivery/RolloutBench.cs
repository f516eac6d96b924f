using Microsoft.Extensions.Logging.Abstractions;
using Tidegate.Core.Calls;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Indicators.Series;
using Tidegate.Insight.Objectives;
using Tidegate.Operations.Delivery;
using Tidegate.Operations.Delivery.Canary;
using Tidegate.Operations.Delivery.Rollouts;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Platform.ConfigStore;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Delivery;

/// <summary>A node with rollouts on a real database, a real configuration and a real call log; only the clock is ours, and a look is asked for. A second one on the same database is the same node after a crash, or another.</summary>
internal sealed class RolloutBench : IDisposable
{
    private readonly TestCallLog _calls;

    private RolloutBench(StateStore store, TestCallLog calls, string data, bool shared)
    {
        _calls = calls;
        Config = new ConfigNode(store, data, calls.Time);
        Events = new EventLog(store);
        Alerts = new AlertStore(store, Events);
        Releases = new ReleaseStore(store, Config.Audit, Events, calls.Time);
        Freezes = new Freezes(store, Config.Audit, Events, calls.Time);
        var signal = new RolloutSignal();
        var traffic = new RolloutTraffic(Config.Overlays, calls.Time);
        Store = new RolloutStore(store, Config.Audit, Events, Config.Revisions, Releases, traffic, signal, calls.Time);
        var judge = new RolloutJudge(new CanaryCalls(calls.Store), new CanaryShare(new SeriesHistory(new SeriesStore(store))), Alerts, new RolloutNode(new ProcessOptions { DataDirectory = data }), calls.Time);
        Worker = new RolloutWorker(
            Store, judge, traffic, signal, Releases, Freezes, Config.Revisions, new Leases(store, shared, calls.Time), store, calls.Time, NullLogger<RolloutWorker>.Instance);
    }

    public ConfigNode Config { get; }

    public EventLog Events { get; }

    public AlertStore Alerts { get; }

    public ReleaseStore Releases { get; }

    public Freezes Freezes { get; }

    public RolloutStore Store { get; }

    public RolloutWorker Worker { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Weights of v1 and v2 in force.</summary>
    public (int Old, int Next) Weights => Config.Publisher.Current!.Document.Routes.Single().Spec.Split is [var a, var b] ? (a.Weight, b.Weight) : default;

    /// <summary>A node with the route <c>orders</c>; <paramref name="rollout"/> are the keys of its rollout but the canary.</summary>
    public static async Task<RolloutBench> StartAsync(TestDatabase database, TestCallLog calls, string rollout)
    {
        var bench = await AgainAsync(database, calls);
        await bench.Config.ApplyAsync(Documents(rollout));
        return bench;
    }

    /// <summary>Another on the same database.</summary>
    public static async Task<RolloutBench> AgainAsync(TestDatabase database, TestCallLog calls, bool shared = false, string? data = null)
    {
        var bench = new RolloutBench(await database.OpenAsync(), calls, data ?? database.Directory.Path, shared);
        await bench.Config.Publisher.LoadAsync(Cancel);
        return bench;
    }

    /// <summary>The documents.</summary>
    public static string Documents(string rollout, int old = 100, int next = 0) => $$"""
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: shop}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: shop-next}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        ---
        apiVersion: tidegate/v1
        kind: Route
        metadata: {name: orders}
        spec:
          match: {path: /orders}
          split: [{service: shop, version: v1, weight: {{old}}}, {service: shop-next, version: v2, weight: {{next}}}]
          rollout: {canary: v2, {{rollout}}}
        """;

    /// <summary>Begins the rollout, and the traffic follows.</summary>
    public async Task<Rollout> BeginAsync()
    {
        var rollout = await Store.StartAsync(new RolloutRequest { Route = "orders", Change = "CHG-1" }, ConfigNode.Ada, Cancel);
        await Worker.LookAsync(Cancel);
        return rollout;
    }

    /// <summary>Calls of both versions, now.</summary>
    public Task CallsAsync(int old, int next, int failed = 0, double slower = 1, CallOutcome outcome = CallOutcome.UpstreamError) => _calls.WriteAsync(
        Enumerable.Range(0, old).Select(i => Call("v1", CallOutcome.Ok, 10_000 + (i % 7 * 100)))
            .Concat(Enumerable.Range(0, next).Select(i => Call("v2", i < failed ? outcome : CallOutcome.Ok, (long)((10_000 + (i % 7 * 100)) * slower)))));

    /// <summary>Time passes, and then there is a look.</summary>
    public async Task<Rollout> LookAsync(TimeSpan after)
    {
        _calls.Time.Advance(after);
        await Worker.LookAsync(Cancel);
        return (await Store.FindAsync("orders", Cancel))!;
    }

    /// <summary>Types of the events of rollouts, oldest first, without their prefix.</summary>
    public async Task<IReadOnlyList<string>> ToldAsync() =>
        [.. (await Events.ListAsync(new EventQuery { Type = RolloutStore.EventPrefix + "*", Limit = 500 }, Cancel)).Reverse().Select(e => e.Type[RolloutStore.EventPrefix.Length..])];

    public void Dispose() => Worker.Dispose();

    private CallRecord Call(string version, CallOutcome outcome, long duration)
    {
        var call = SampleCalls.Ordinary(_calls.Time.GetUtcNow());
        (call.Version, call.Outcome, call.DurationUs) = (version, outcome, duration);
        return call;
    }
}
