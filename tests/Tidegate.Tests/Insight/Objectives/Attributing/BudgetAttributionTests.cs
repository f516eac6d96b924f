using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Attributing;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives.Attributing;

public sealed class BudgetAttributionOnSqliteTests() : BudgetAttributionTests(new SqliteTestDatabase());

public sealed class BudgetAttributionOnPostgresTests(PostgresServer server) : BudgetAttributionTests(new PostgresTestDatabase(server));

public abstract class BudgetAttributionTests(TestDatabase database) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Start);
    private TestCallLog _log = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _log = await TestCallLog.StartAsync(now: Start);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _log.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Semantics3_7_Consumer_IsFromTheCallLogAndSaysHowMuchOfItIsKnown()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Document(), _log.Store);
        await TrafficAsync(node, TimeSpan.FromMinutes(20), logged: true);
        await TrafficAsync(node, TimeSpan.FromMinutes(20), logged: false); // dropped by the log

        var split = await SplitAsync(node, "consumer");

        // Of 10 calls every 10 seconds 2 are bad: one of the shop's, one of the app's; every other one of the app's is of version 2.
        Assert.Equal(("call_log", 480.0, 0.5), (split.Source, split.Whole.Bad, split.Known));
        Assert.Equal([("app", 120.0), ("shop", 120.0)], split.Parts.Select(p => (p.Key, p.Bad)));
        Assert.Equal(240, split.Rest.Bad);
        Assert.Equal(0.25, split.Parts[0].Share);
        Assert.Equal(120 / (2400 * 0.01), split.Parts[0].Budget!.Value, 9);
        Assert.StartsWith("The value is on record of 50 % of what was bad", split.Reason, StringComparison.Ordinal);
        var first = await SplitAsync(node, "consumer", limit: 1);
        Assert.Equal(("app", "1 others", 120.0), (first.Parts.Single().Key, first.Others!.Text, first.Others.Bad));
        Assert.Equal(first.Whole.Bad, first.Parts.Sum(p => p.Bad) + first.Others.Bad + first.Rest.Bad);
    }

    [Fact]
    public async Task Consumer_WithCountsOfEach_IsExact()
    {
        var grouped = Slo("each").Replace("service: [orders]", "service: [orders], groupBy: consumer", StringComparison.Ordinal);
        await using var node = await ObjectiveNode.StartAsync(database, _time, Document() + "\n---\n" + grouped, _log.Store);
        await TrafficAsync(node, TimeSpan.FromMinutes(20), logged: false);

        var split = await SplitAsync(node, "consumer");

        Assert.Equal(("series", 1.0, 0.0, ""), (split.Source, split.Known, split.Rest.Bad, split.Reason));
        Assert.Equal([("app", 120.0), ("shop", 120.0)], split.Parts.Select(p => (p.Key, p.Bad)));
    }

    [Theory]
    [InlineData("outcome", "timeout", 120)]
    [InlineData("version", "v1", 180)]
    [InlineData("provider", "", 240)]
    public async Task OtherDimensions_AreSplitToo(string by, string key, double bad)
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Document(), _log.Store);
        await TrafficAsync(node, TimeSpan.FromMinutes(20), logged: true);

        Assert.Equal(bad, (await SplitAsync(node, by)).Parts.Single(p => p.Key == key).Bad);
    }

    [Fact]
    public async Task Exclusion_TakesWhatDidNotCount_AndOtherSplitsLeaveItOut()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Document() + """

            ---
            apiVersion: tidegate/v1
            kind: Exclusion
            metadata: {name: move}
            spec: {reason: It moves, author: ada, kind: maintenance, slos: [orders], windows: [{from: 2026-03-02T09:05:00Z, until: 2026-03-02T09:10:00Z}]}
            """, _log.Store);
        await TrafficAsync(node, TimeSpan.FromMinutes(20), logged: true);

        var (excluded, counted) = (await SplitAsync(node, "exclusion"), await SplitAsync(node, "consumer"));

        Assert.Equal(("move", 60.0, 180.0), (excluded.Parts.Single().Key, excluded.Parts.Single().Bad, excluded.Rest.Bad));
        Assert.Equal(180, counted.Whole.Bad);
        Assert.Equal(180, counted.Parts.Sum(p => p.Bad), 6);
    }

    [Fact]
    public async Task Semantics3_7_Experiment_TakesWhatItsAnnouncedTimesWouldHaveUsed()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Document() + """

            ---
            apiVersion: tidegate/v1
            kind: Exclusion
            metadata: {name: move}
            spec: {reason: It moves, author: ada, kind: maintenance, slos: [orders], windows: [{from: 2026-03-02T09:02:00Z, until: 2026-03-02T09:07:00Z}]}
            ---
            apiVersion: tidegate/v1
            kind: Exclusion
            metadata: {name: slow-disk}
            spec: {reason: A disk is made slow, author: bob, kind: chaos, services: [orders], windows: [{from: 2026-03-02T09:05:00Z, until: 2026-03-02T09:10:00Z}]}
            """, _log.Store);
        await TrafficAsync(node, TimeSpan.FromMinutes(20), logged: false);

        var split = await SplitAsync(node, "experiment");

        Assert.Equal([("slow-disk", "A disk is made slow", 60.0)], split.Parts.Select(p => (p.Key, p.Text, p.Bad)));
        Assert.Equal((240.0, 180.0, "times"), (split.Whole.Bad, split.Rest.Bad, split.Source));
    }

    [Fact]
    public async Task Times_TakeWhatWasUsedInThem_EachMomentOnce()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Document(), _log.Store);
        await TrafficAsync(node, TimeSpan.FromMinutes(20), logged: false);
        var spans = new Spans([new("one", "First", Start.AddMinutes(2), Start.AddMinutes(6)), new("two", "Second", Start.AddMinutes(4), Start.AddMinutes(10)), new("now", "Goes on", Start.AddMinutes(18), null)]);

        var split = await SplitAsync(node, "spell", sources: spans);

        Assert.Equal([("one", "First", 48.0), ("two", "Second", 48.0), ("now", "Goes on", 26.0)], split.Parts.Select(p => (p.Key, p.Text, p.Bad))); // calls of the 10 seconds before a minute are counted in it
        Assert.Equal((240.0, 118.0, "times"), (split.Whole.Bad, split.Rest.Bad, split.Source));
    }

    [Fact]
    public async Task WhatIsNotKnown_IsSaid()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Document(), _log.Store);
        await TrafficAsync(node, TimeSpan.FromMinutes(5), logged: true);

        var team = await SplitAsync(node, "team");
        Assert.Equal(("none", 60.0), (team.Source, team.Rest.Bad));
        Assert.Contains("groupBy: team", team.Reason, StringComparison.Ordinal);
        var wrong = await Assert.ThrowsAsync<ProblemException>(() => SplitAsync(node, "weather"));
        Assert.Contains("consumer, team, provider", wrong.Problem.Action, StringComparison.Ordinal);
        Assert.Null(await Attribution(node).SplitAsync("nobody", "consumer", Start, _time.GetUtcNow(), 5, Cancel));
    }

    private static string Document() => Slo("orders") + """

        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: orders}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        """;

    private static string Slo(string name) => $$$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: {{{name}}}}
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.99}]
          indicator:
            metadata: {name: {{{name}}}-sli}
            spec:
              ratioMetric:
                rawType: success
                raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [orders]} } }
        """;

    private async Task TrafficAsync(ObjectiveNode node, TimeSpan length, bool logged)
    {
        var (call, calls) = (0, new List<CallRecord>());
        await node.CallsAsync(length, 10, 0, r =>
        {
            var i = call++;
            (r.Id, r.TraceId, r.StartedAt) = (Guid.CreateVersion7(), SampleCalls.Trace, _time.GetUtcNow());
            (r.Consumer, r.Version, r.Outcome) = (i % 10) switch
            {
                0 => ("shop", "v1", CallOutcome.UpstreamError),
                1 => ("app", i / 10 % 2 == 0 ? "v1" : "v2", CallOutcome.Timeout),
                _ => ("app", "v1", CallOutcome.Ok),
            };
            calls.Add(r);
        });
        if (logged) await _log.WriteAsync(calls);
        _time.Advance(TimeSpan.FromSeconds(1)); // the counts of the last tick are in the time
    }

    private BudgetAttribution Attribution(ObjectiveNode node, params IAttributionSource[] sources) => new(node.Book, node.History, new CallParts(node.History, node.Calls), sources);

    private async Task<Attribution> SplitAsync(ObjectiveNode node, string by, int limit = 10, params IAttributionSource[] sources) =>
        (await Attribution(node, sources).SplitAsync("orders", by, Start, _time.GetUtcNow(), limit, Cancel))!;

    private sealed class Spans(IReadOnlyList<AttributionSpan> spans) : IAttributionSource
    {
        public string By => "spell";

        public Task<IReadOnlyList<AttributionSpan>> BetweenAsync(ObjectiveStatus objective, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel) => Task.FromResult(spans);
    }
}
