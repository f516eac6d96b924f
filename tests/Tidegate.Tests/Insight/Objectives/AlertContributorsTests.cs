using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Notifications.Texts;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Alerting;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives;

/// <summary>Who is hurt by what an alert is about: from a real call log, compared with the hours before.</summary>
public sealed class AlertContributorsTests : IAsyncLifetime
{
    private const string Documents = Dimensions.Documents + """
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: orders}
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.99}]
          indicator: {metadata: {name: i}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: availability}}}}}}
        """;

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Start);
    private readonly SqliteTestDatabase _database = new();
    private TestCallLog _log = null!;

    public async ValueTask InitializeAsync() => _log = await TestCallLog.StartAsync(now: Start);

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Explain_DestinationsOfARegionFail_NamesTheRegion()
    {
        // Every other call goes far away; those fail, and a tenth of all did before.
        var found = await ExplainAsync((r, i, burns) =>
        {
            (r.Service, r.Destination) = ("orders", i % 2 == 0 ? "near" : "far");
            if (burns ? i % 2 == 1 : i % 10 == 0) r.Outcome = CallOutcome.UpstreamError;
        });

        var region = Assert.Single(found, c => c.Dimension == "region");
        Assert.Equal(("us", 1.0, 1.0, 0.0), (region.Value, region.Share, region.BadRatio, region.BaselineRatio));
        Assert.Contains(found, c => c is { Dimension: "destination", Value: "far" });
    }

    [Fact]
    public async Task Explain_OneProviderFails_NamesItAndItsRegion()
    {
        var found = await ExplainAsync((r, i, burns) =>
        {
            (r.Service, r.Kind, r.Use) = ("chat", "model", new ModelUse(i % 2 == 0 ? "local" : "openai", "m"));
            if (burns && i % 2 == 1) r.Outcome = CallOutcome.UpstreamError;
        });

        Assert.Equal(("openai", 1.0, 1.0, 0.0), Assert.Single(found, c => c.Dimension == "provider") is var provider ? (provider.Value, provider.Share, provider.BadRatio, provider.BaselineRatio) : default);
        Assert.Equal("us", Assert.Single(found, c => c.Dimension == "region").Value);
    }

    [Fact]
    public async Task Explain_ConsumersOfOneTeamAreHurt_NamesTheTeamBeforeEachOfThem()
    {
        var found = await ExplainAsync((r, i, burns) =>
        {
            r.Consumer = (i % 4) switch { 0 => "shop", 1 => "kiosk", _ => "app" };
            if (burns && i % 4 < 2) r.Outcome = CallOutcome.UpstreamError;
        });

        Assert.Equal([("team", "sales"), ("consumer", "kiosk"), ("consumer", "shop")], found.Where(c => c.Dimension != "outcome").Select(c => (c.Dimension, c.Value)).OrderBy(c => c.Dimension == "team" ? 0 : 1).ThenBy(c => c.Value, StringComparer.Ordinal));
        Assert.Equal("team", found[0].Dimension);
    }

    // A tenth of the calls failed upstream before and does now: what is new is that a fifth runs out of time.
    [Fact]
    public async Task Explain_ClassesOfError_AreADifferenceToTheBaseline()
    {
        var found = await ExplainAsync((r, i, burns) => r.Outcome = (i % 10) switch { 0 => CallOutcome.UpstreamError, 1 or 2 when burns => CallOutcome.Timeout, _ => CallOutcome.Ok });

        var kind = Assert.Single(found);
        Assert.Equal(("outcome", "timeout", 1.0, 0.2, 0.0), (kind.Dimension, kind.Value, kind.Share, Math.Round(kind.BadRatio, 6), kind.BaselineRatio));
        var notice = Notices.Of(Fired(Start) with { Evidence = new AlertEvidence { Contributors = found } });
        Assert.Equal("outcome timeout: 100 % of the additional errors (20 % of all, 0 % before)", Assert.Single(notice.Evidence));
    }

    // What kind of failure it is always belongs to the answer.
    [Fact]
    public async Task Explain_MoreStandsOutThanIsSaid_TheClassOfErrorIsStillTold()
    {
        var found = await ExplainAsync((r, i, burns) =>
        {
            var hurt = i % 2 == 1;
            (r.Service, r.Destination, r.Version, r.Consumer, r.Route, r.Prompt, r.Method) = hurt ? ("orders", "far", "v2", "shop", "checkout", "greet", "POST") : ("stock", "near", "v1", "app", "search", "", "GET");
            if (burns && hurt) r.Outcome = CallOutcome.UpstreamError;
        });

        Assert.Equal(7, found.Count);
        Assert.Equal(("outcome", "upstream_error", 0.5), (found[^1].Dimension, found[^1].Value, found[^1].BadRatio));
    }

    // Two hours as usual, ten minutes that burn: ten calls a tick, all on record.
    private async Task<IReadOnlyList<AlertContributor>> ExplainAsync(Action<CallRecord, int, bool> with)
    {
        await using var node = await ObjectiveNode.StartAsync(_database, _time, Documents);
        var (calls, i, burning) = (new List<CallRecord>(), 0, Start.AddHours(2));
        await node.CallsAsync(TimeSpan.FromMinutes(130), 20, 0, r =>
        {
            (r.Id, r.TraceId, r.StartedAt) = (Guid.CreateVersion7(), SampleCalls.Trace, _time.GetUtcNow());
            with(r, i++ % 20, _time.GetUtcNow() >= burning);
            calls.Add(r);
        });
        await _log.WriteAsync(calls);
        var explainer = new AlertExplainer(node.Book, _log.Store, [], node.Source);
        var evidence = await explainer.ExplainAsync(Fired(burning) with { FiredAt = _time.GetUtcNow() }, TestContext.Current.CancellationToken);
        Assert.Empty(evidence.Gaps);
        return evidence.Contributors;
    }

    private static Alert Fired(DateTimeOffset since) => new()
    {
        Id = "a", Objective = "orders", Slo = "orders", Service = "orders", Severity = AlertSeverity.Page, FiredAt = since, ImpactStart = since, Condition = "", Burn = 1, BudgetLeft = 0, Summary = "",
    };
}
