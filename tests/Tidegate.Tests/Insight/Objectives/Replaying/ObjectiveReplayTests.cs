using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Windows;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Replaying;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives.Replaying;

public sealed class ObjectiveReplayOnSqliteTests() : ObjectiveReplayTests(new SqliteTestDatabase());

public sealed class ObjectiveReplayOnPostgresTests(PostgresServer server) : ObjectiveReplayTests(new PostgresTestDatabase(server));

public abstract class ObjectiveReplayTests(TestDatabase database) : IAsyncLifetime
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

    [Theory]
    [InlineData("Occurrences", "")]
    [InlineData("Timeslices", ", timeSliceTarget: 0.95, timeSliceWindow: 1m")]
    [InlineData("RatioTimeslices", ", timeSliceWindow: 5m")]
    public async Task TheRealObjective_AlertsInTheMinutesInWhichItDid(string method, string slices)
    {
        var slo = Slo("orders", 0.999, method, slices);
        await using var node = await ObjectiveNode.StartAsync(database, _time, slo + Services, _log.Store);
        await HistoryAsync(node);
        var status = node.Status("orders");
        _time.Advance(TimeSpan.FromSeconds(10)); // to the end of the minute

        var replayed = Assert.Single((await ReplayAsync(node, slo, Start)).Objectives);

        var did = await node.Alerts.ListAsync(all: true, null, 100, Cancel);
        Assert.True(did.Count >= 2, $"{did.Count} alerts");
        Assert.Equal(did.Count, replayed.Did.Count);
        Assert.Equal(replayed.Did.Select(Minutes), replayed.WouldHave.Select(Minutes));
        Assert.Equal((status.Total, Math.Round(status.Bad, 9), Math.Round(status.BudgetLeft!.Value, 9)), (replayed.Total, Math.Round(replayed.Bad, 9), Math.Round(replayed.BudgetLeft!.Value, 9)));
        Assert.Equal(("series", ""), (Assert.Single(replayed.History).Source, replayed.Reason));
        Assert.Equal((180L, 180L), (replayed.MinutesWithData, replayed.Minutes));
    }

    [Fact]
    public async Task LooserObjective_WouldHavePagedLess_AndNothingIsStoredOrTold()
    {
        var real = Slo("orders", 0.999);
        await using var node = await ObjectiveNode.StartAsync(database, _time, real + Services, _log.Store);
        await HistoryAsync(node);
        // All of it is told of, though beside the ticks: what is told from here on would be the replay's doing.
        var toTell = (await node.Alerts.ListAsync(all: true, null, 100, Cancel)).Sum(a => a.ResolvedAt is null ? 1 : 2);
        var before = (await node.ToldAsync(toTell)).Count;
        Assert.Equal(toTell, before);

        var replayed = Assert.Single((await ReplayAsync(node, Slo("orders", 0.5), Start)).Objectives);

        Assert.Empty(replayed.WouldHave);
        Assert.NotEmpty(replayed.Did);
        Assert.True(replayed.BudgetLeft > 0.5);
        Assert.Equal(before, (await node.Events.ListAsync(new EventQuery { Type = "objectives.*", Limit = 500 }, Cancel)).Count);
        Assert.Equal(0.999, node.Status("orders").Target);
    }

    [Fact]
    public async Task AlertSetAlone_ReplaysTheObjectivesThatUseIt()
    {
        var set = """

            ---
            apiVersion: tidegate/v1
            kind: AlertSet
            metadata: {name: calm}
            spec: {pairs: [{severity: page, long: 1h, short: 5m, burn: 14.4}]}
            """;
        await using var node = await ObjectiveNode.StartAsync(database, _time, Slo("orders", 0.999).Replace("timeWindow", "alertPolicies: [calm]\n  timeWindow", StringComparison.Ordinal) + Services + set, _log.Store);
        await HistoryAsync(node);

        var replayed = Assert.Single((await ReplayAsync(node, set.Replace("14.4", "900", StringComparison.Ordinal), Start)).Objectives);

        Assert.Equal("orders", replayed.Id);
        Assert.Empty(replayed.WouldHave);
        Assert.Equal([AlertSeverity.Page, AlertSeverity.Page], replayed.Did.Select(a => a.Severity));
    }

    [Fact]
    public async Task NewIndicator_IsReplayedFromTheCallLog()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Services, _log.Store);
        await _log.WriteAsync(Enumerable.Range(0, 120 * 6).Select(i => Call(Start.AddSeconds(i * 10), slow: i is >= 300 and < 360)));
        _time.SetUtcNow(Start.AddHours(2));
        var slo = Slo("orders", 0.99).Replace("measure: availability", "measure: latency, threshold: 100ms", StringComparison.Ordinal);

        var replayed = Assert.Single((await ReplayAsync(node, slo, Start)).Objectives);

        Assert.Equal((60.0, 720.0), (replayed.Bad, replayed.Total));
        Assert.Equal(("call_log", 120L), (Assert.Single(replayed.History).Source, replayed.MinutesWithData));
        Assert.Equal(Start.AddSeconds(300 * 10), replayed.WouldHave[0].FiredAt, TimeSpan.FromMinutes(8)); // 14.4 %: the 1 h pair after 8.64 minutes at most
        Assert.Empty(replayed.Did);
    }

    [Fact]
    public async Task NothingRecorded_SaysWhyForEachObjective()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Services, _log.Store);
        var unknown = Slo("slow", 0.99).Replace("measure: availability", "measure: fallbacks", StringComparison.Ordinal);

        var replay = await ReplayAsync(node, Slo("orders", 0.99) + "\n---\n" + unknown, Start.AddDays(-1));

        Assert.All(replay.Objectives, o => Assert.Equal((0L, 0, (double?)null), (o.MinutesWithData, o.History.Count, o.BudgetLeft)));
        Assert.Equal("There is no history: this indicator was not counted before, and there are no such calls in the call log.", replay.Objectives[0].Reason);
        Assert.Equal("There is no history: this indicator was not counted before, and the call log does not have what tells its good calls from bad ones.", replay.Objectives[1].Reason);
    }

    [Fact]
    public async Task Composite_ThatIsNew_IsReplayedFromItsParts()
    {
        var payments = Slo("payments", 0.99).Replace("service: [orders]", "service: [payments]", StringComparison.Ordinal);
        await using var node = await ObjectiveNode.StartAsync(database, _time, Slo("orders", 0.99) + "\n---\n" + payments + Services, _log.Store);
        var call = 0;
        await node.CallsAsync(TimeSpan.FromMinutes(20), 8, 0, r =>
        {
            if (call++ % 2 == 0) return;
            (r.Service, r.Outcome) = ("payments", call % 4 == 0 ? CallOutcome.UpstreamError : CallOutcome.Ok);
        });

        var composite = """
            apiVersion: tidegate/v1
            kind: CompositeSLO
            metadata: {name: journey}
            spec:
              method: weighted
              target: 0.99
              timeWindow: [{duration: 30d, isRolling: true}]
              parts: [{slo: orders, weight: 3}, {slo: payments}]
            """;
        var replayed = Assert.Single((await ReplayAsync(node, composite, Start)).Objectives);

        Assert.Equal(0.875, replayed.Ratio!.Value, 2);
        Assert.Equal("parts", Assert.Single(replayed.History).Source);
        Assert.NotEmpty(replayed.WouldHave);
    }

    // What is not counted by this node is known after its minute: of such parts nothing was found.
    [Fact]
    public async Task Composite_OfCountsThatArePushed_IsReplayedFromThem()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Pushed("one") + "\n---\n" + Pushed("two") + Services, _log.Store);
        _time.Advance(TimeSpan.FromHours(1));
        node.Hub.Add("events:one", Start.AddMinutes(10), new Tally(0, 10));
        node.Hub.Add("events:two", Start.AddMinutes(12), new Tally(5, 10));
        await node.TickAsync();

        var composite = """
            apiVersion: tidegate/v1
            kind: CompositeSLO
            metadata: {name: journey}
            spec: {method: any_bad, target: 0.9, timeWindow: [{duration: 30d, isRolling: true}], parts: [{slo: one}, {slo: two}]}
            """;
        var replayed = Assert.Single((await ReplayAsync(node, composite, Start)).Objectives);

        Assert.Equal(("", 2L, 0.5, 2.0), (replayed.Reason, replayed.MinutesWithData, replayed.Bad, replayed.Total));
    }

    [Fact]
    public async Task GroupedObjective_IsOneForEachValueThatIsRecorded()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Services, _log.Store);
        await _log.WriteAsync(Enumerable.Range(0, 60).Select(i => Call(Start.AddSeconds(i * 10), consumer: i % 3 == 0 ? "shop" : "app")));
        _time.SetUtcNow(Start.AddHours(1));

        var replay = await ReplayAsync(node, Slo("orders", 0.99).Replace("service: [orders]}", "groupBy: consumer}", StringComparison.Ordinal), Start);

        Assert.Equal([("orders=app", 40.0), ("orders=shop", 20.0)], replay.Objectives.Select(o => (o.Id, o.Total)));
    }

    [Fact]
    public async Task DocumentsWithErrors_AndTooMuchAtOnce_AreRefused()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Services, _log.Store);

        var invalid = await Assert.ThrowsAsync<ProblemException>(() => ReplayAsync(node, Slo("orders", 2), Start));
        Assert.Equal(422, invalid.Problem.Status);
        var much = string.Join("\n---\n", Enumerable.Range(0, 101).Select(i => Slo($"o{i}", 0.9)));
        Assert.Contains("101 objectives", (await Assert.ThrowsAsync<ProblemException>(() => ReplayAsync(node, much, Start.AddDays(-1)))).Problem.Detail, StringComparison.Ordinal);
        Assert.Equal("files", (await Assert.ThrowsAsync<ProblemException>(() => ReplayAsync(node, "", Start.AddDays(-1)))).Problem.Path);
    }

    private const string Services = """

        ---
        apiVersion: openslo/v1
        kind: Service
        metadata: {name: orders}
        spec: {}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: orders}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: payments}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        """;

    private static string Pushed(string name) => $$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: {{name}}}
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.99}]
          indicator: {metadata: {name: {{name}}-sli}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: events, spec: {name: {{name}} } } } } } }
        """;

    private static string Slo(string name, double target, string method = "Occurrences", string slices = "") => FormattableString.Invariant($$$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: {{{name}}}}
        spec:
          service: orders
          budgetingMethod: {{{method}}}
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: {{{target}}}{{{slices}}}}]
          indicator:
            metadata: {name: {{{name}}}-sli}
            spec:
              ratioMetric:
                counter: true
                rawType: success
                raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [orders]} } }
        """);

    // An outage, a bad time, and a little trouble that nobody is woken for.
    private static async Task HistoryAsync(ObjectiveNode node)
    {
        await node.CallsAsync(TimeSpan.FromMinutes(70), 60, 0);
        await node.CallsAsync(TimeSpan.FromMinutes(10), 60, 1);
        await node.CallsAsync(TimeSpan.FromMinutes(50), 60, 0);
        await node.CallsAsync(TimeSpan.FromMinutes(20), 60, 0.05);
        await node.CallsAsync(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(10), 60, 0);
    }

    private Task<Replay> ReplayAsync(ObjectiveNode node, string documents, DateTimeOffset from) =>
        new ObjectiveReplay(node.Sources, new ReplayHistory(node.History, node.Calls), node.Book, node.Alerts, node.Source)
            .RunAsync(new ReplayQuestion([new SourceText("proposed.yaml", documents)], false, from, _time.GetUtcNow() > from ? _time.GetUtcNow() : from.AddDays(1)), null, Cancel);

    private static (AlertSeverity, long, long?) Minutes(ReplayedAlert alert) => (alert.Severity, alert.FiredAt.ToUnixTimeSeconds() / 60, alert.ResolvedAt?.ToUnixTimeSeconds() / 60);

    private static CallRecord Call(DateTimeOffset at, bool slow = false, string consumer = "shop")
    {
        var call = SampleCalls.Ordinary(at);
        (call.Service, call.Consumer, call.DurationUs) = ("orders", consumer, slow ? 400_000 : 20_000);
        return call;
    }
}
