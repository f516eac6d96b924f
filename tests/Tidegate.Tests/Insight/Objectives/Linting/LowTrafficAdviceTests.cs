using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators.Series;
using Tidegate.Insight.Objectives.Linting;
using Tidegate.Insight.Objectives.Replaying;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives.Linting;

/// <summary>semantics 3.4: too little traffic when one failed event alone trips the pair; at 99.9 % fewer than 70 events in 1 h, 167 in 6 h, 334 in 24 h, 1,001 in 3 d.</summary>
public sealed class LowTrafficAdviceTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 9, 0, 0, TimeSpan.Zero);
    private readonly SqliteTestDatabase _database = new();
    private readonly FakeTimeProvider _time = new(Now);
    private TestCallLog _log = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _log = await TestCallLog.StartAsync(now: Now);

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData(71, null)]
    [InlineData(69, "14.4x over 1h needs 70 events and had about 69")]
    [InlineData(20, "14.4x over 1h needs 70 events and had about 20; 6x over 6h needs 167 events and had about 120")]
    [InlineData(13, "14.4x over 1h needs 70 events and had about 13; 6x over 6h needs 167 events and had about 78; 3x over 1d needs 334 events and had about 312; 1x over 3d needs 1001 events and had about 936")]
    public async Task Semantics3_4_TooLittleTraffic_NamesThePairsThatOneFailureTrips(int perHour, string? pairs)
    {
        await using var node = await StartAsync(perHour);

        var found = await AdviseAsync(node, Slo);

        if (pairs is null)
        {
            Assert.Empty(found);
            return;
        }

        var finding = Assert.Single(found);
        Assert.Equal((FindingSeverity.Warning, "low_traffic", "SLO/orders"), (finding.Severity, finding.Code, finding.Resource));
        Assert.Contains($"one failed event alone alerts: {pairs}, by the traffic of the last 7d.", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Advise_WithARuleForLittleTraffic_OrWithoutAChange_SaysNothing()
    {
        await using var node = await StartAsync(20);
        var set = """

            ---
            apiVersion: tidegate/v1
            kind: AlertSet
            metadata: {name: calm}
            spec: {minEvents: 200, pairs: [{severity: page, long: 1h, short: 5m, burn: 14.4}]}
            """;

        Assert.Empty(await AdviseAsync(node, Slo.Replace("timeWindow:", "alertPolicies: [calm]\n  timeWindow:", StringComparison.Ordinal) + set));
        Assert.Empty(await Advice(node).AdviseAsync(ObjectiveNode.Read(Slo), ObjectiveNode.Read(Slo), Cancel));
    }

    [Fact]
    public async Task Advise_TrafficThatNobodyHasSeen_SaysNothing()
    {
        await using var node = await ObjectiveNode.StartAsync(_database, _time, Service, _log.Store);

        Assert.Empty(await AdviseAsync(node, Slo));
    }

    private const string Service = """
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: orders}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        """;

    private const string Slo = Service + """

        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: orders}
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.999}]
          indicator: {metadata: {name: i}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [orders]}}}}}}
        """;

    private async Task<ObjectiveNode> StartAsync(int perHour)
    {
        var store = new SeriesStore(await _database.OpenAsync());
        await store.WriteAsync([.. Enumerable.Range(0, 7 * 24).Select(i => new SeriesBucket("tidegate:availability;service=orders", Now.AddHours(i - (7 * 24)).ToUnixTimeSeconds() / 60, 7, new Tally(0, perHour), null))], Cancel);
        return await ObjectiveNode.StartAsync(_database, _time, Service, _log.Store);
    }

    private LowTrafficAdvice Advice(ObjectiveNode node) => new(node.Sources, new ReplayHistory(node.History, node.Calls), _time);

    private Task<IReadOnlyList<Finding>> AdviseAsync(ObjectiveNode node, string documents) => Advice(node).AdviseAsync(ObjectiveNode.Read(documents), ObjectiveNode.Read(Service), Cancel);
}
