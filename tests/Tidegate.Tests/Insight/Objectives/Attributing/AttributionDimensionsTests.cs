using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators.Series;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Attributing;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives.Attributing;

/// <summary>What used a budget by every dimension of the calls, by exact counts and from the call log, also of a time within.</summary>
public sealed class AttributionDimensionsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Start);
    private readonly SqliteTestDatabase _database = new();
    private TestCallLog _log = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _log = await TestCallLog.StartAsync(now: Start);

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _database.DisposeAsync();
    }

    // Of 10 calls every 10 seconds three are bad: two of one kind, one of the other.
    [Theory]
    [InlineData("consumer", "shop", "app")]
    [InlineData("team", "sales", "mobile")]
    [InlineData("provider", "openai", "local")]
    [InlineData("region", "eu", "us")]
    [InlineData("version", "v1", "v2")]
    [InlineData("route", "checkout", "search")]
    [InlineData("service", "orders", "payments")]
    [InlineData("destination", "near", "far")]
    public async Task Semantics3_7_ExactCountsOfEachValue_SplitAllOfATimeAndOfOneWithin(string by, string more, string less)
    {
        await using var node = await ObjectiveNode.StartAsync(_database, _time, Document($"groupBy: {by}"), _log.Store);
        await TrafficAsync(node, logged: false);

        var (all, within) = (await SplitAsync(node, by, Start, _time.GetUtcNow()), await SplitAsync(node, by, Start.AddMinutes(5), Start.AddMinutes(15)));

        Assert.Equal(("series", 360.0, 0.0, 1.0), (all.Source, all.Whole.Bad, all.Rest.Bad, all.Known));
        Assert.Equal([(more, 240.0), (less, 120.0)], all.Parts.Select(p => (p.Key, p.Bad)).Where(p => p.Bad > 0));
        Assert.Equal([(more, 120.0, 2.0 / 3), (less, 60.0, 1.0 / 3)], within.Parts.Where(p => p.Bad > 0).Select(p => (p.Key, p.Bad, p.Share!.Value)));
        Assert.Equal(180, within.Whole.Bad);
        // In percent of the budget of the period that ends with the time: 1 % of what was seen until then.
        Assert.Equal(120 / (within.Whole.Bad / within.Whole.Budget!.Value), within.Parts[0].Budget!.Value, 9);
    }

    [Theory]
    [InlineData("consumer", "shop", "app")]
    [InlineData("provider", "openai", "local")]
    [InlineData("version", "v1", "v2")]
    [InlineData("route", "checkout", "search")]
    [InlineData("service", "orders", "payments")]
    [InlineData("destination", "near", "far")]
    [InlineData("prompt", "greet", "sum-up")]
    [InlineData("outcome", "upstream_error", "timeout")]
    public async Task Semantics3_7_CallsOnRecord_SplitAllOfATimeAndOfOneWithin(string by, string more, string less)
    {
        await using var node = await ObjectiveNode.StartAsync(_database, _time, Document(), _log.Store);
        await TrafficAsync(node, logged: true);

        var (all, within) = (await SplitAsync(node, by, Start, _time.GetUtcNow()), await SplitAsync(node, by, Start.AddMinutes(5), Start.AddMinutes(15)));

        Assert.Equal(("call_log", 360.0, 1.0), (all.Source, all.Whole.Bad, all.Known));
        Assert.Equal([(more, 240.0), (less, 120.0)], all.Parts.Select(p => (p.Key, p.Bad)));
        Assert.Equal([(more, 120.0), (less, 60.0)], within.Parts.Select(p => (p.Key, p.Bad)));
    }

    // Three weeks old: kept by five minutes, as the whole is, so that parts and whole are of the same stretches.
    [Fact]
    public async Task Semantics3_7_TimeThatIsKeptCoarser_IsSplitAllTheSame()
    {
        var (store, old) = (await _database.OpenAsync(), Start.AddDays(-21));
        await new SeriesStore(store).WriteAsync(
            [.. Enumerable.Range(0, 60).SelectMany(i => new[] { Minute("", i, 6, 20), Minute(";by=provider=openai", i, i < 30 ? 4 : 6, 10), Minute(";by=provider=local", i, i < 30 ? 2 : 0, 10) })], Cancel);
        await new SeriesCoarsening(store, new Leases(store, false, _time), _time).RunAsync(Cancel);
        await using var node = await ObjectiveNode.StartAsync(_database, _time, Document("groupBy: provider"), _log.Store);

        var split = await SplitAsync(node, "provider", old.AddMinutes(20), old.AddMinutes(40));

        Assert.Equal(("series", 120.0, 0.0), (split.Source, split.Whole.Bad, split.Rest.Bad));
        Assert.Equal([("openai", 100.0), ("local", 20.0)], split.Parts.Select(p => (p.Key, p.Bad)));
        Assert.Equal(100 / (800 * 0.01), split.Parts[0].Budget!.Value, 9); // the budget of the period that ends with the time: 1 % of 40 minutes of 20 calls

        SeriesBucket Minute(string of, int minute, int bad, int all) => new("tidegate:availability" + of, SeriesBook.MinuteOf(old.AddMinutes(minute)), 7, new Tally(bad, all), null);
    }

    private async Task<Attribution> SplitAsync(ObjectiveNode node, string by, DateTimeOffset from, DateTimeOffset until) =>
        (await new BudgetAttribution(node.Book, node.History, new CallParts(node.History, node.Calls), []).SplitAsync("all", by, from, until, 10, Cancel))!;

    private async Task TrafficAsync(ObjectiveNode node, bool logged)
    {
        var (call, calls) = (0, new List<CallRecord>());
        await node.CallsAsync(TimeSpan.FromMinutes(20), 10, 0, r =>
        {
            var i = call++ % 10;
            (r.Id, r.TraceId, r.StartedAt) = (Guid.CreateVersion7(), SampleCalls.Trace, _time.GetUtcNow());
            (r.Consumer, r.Version, r.Route, r.Service, r.Destination, r.Prompt, r.Use) = i % 2 == 0
                ? ("shop", "v1", "checkout", "orders", "near", "greet", new ModelUse("openai", "m"))
                : ("app", "v2", "search", "payments", "far", "sum-up", new ModelUse("local", "m"));
            r.Outcome = i switch { 0 or 2 => CallOutcome.UpstreamError, 1 => CallOutcome.Timeout, _ => CallOutcome.Ok };
            calls.Add(r);
        });
        if (logged) await _log.WriteAsync(calls);
        _time.Advance(TimeSpan.FromSeconds(1)); // the counts of the last tick are in the time
    }

    private static string Document(string? grouped = null) => string.Join("\n---\n", [Around, Slo("all", ""), .. grouped is null ? Array.Empty<string>() : [Slo("each", ", " + grouped)]]);

    private const string Around = """
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: orders}
        spec: {destinations: [{name: near, address: "http://127.0.0.1:9", region: eu}]}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: payments}
        spec: {destinations: [{name: far, address: "http://127.0.0.1:9", region: us}]}
        ---
        apiVersion: tidegate/v1
        kind: Consumer
        metadata: {name: shop}
        spec: {team: sales}
        ---
        apiVersion: tidegate/v1
        kind: Consumer
        metadata: {name: app}
        spec: {team: mobile}
        """;

    private static string Slo(string name, string more) => $$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: {{name}}}
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.99}]
          indicator: {metadata: {name: {{name}}-i}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: availability{{more}}} } } } } }
        """;
}
