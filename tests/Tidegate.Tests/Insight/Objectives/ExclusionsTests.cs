using Microsoft.Extensions.Time.Testing;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives;

/// <summary>Times that do not count: of every kind, for all SLOs of a service, once and by the clock of a zone.</summary>
public sealed class ExclusionsTests : IAsyncLifetime
{
    private const string Orders = """
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

    // A Friday of summer time in Berlin, two hours ahead of UTC.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 7, 3, 15, 30, 0, TimeSpan.Zero));
    private readonly SqliteTestDatabase _database = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("load_test")]
    [InlineData("chaos")]
    [InlineData("maintenance")]
    [InlineData("business_hours")]
    [InlineData("other")]
    public async Task Semantics3_6_TimesOfEveryKind_DoNotCountForTheServiceAndStandBesideWhatWasThere(string kind)
    {
        await using var node = await ObjectiveNode.StartAsync(_database, _time, Documents(kind, "{from: 2026-07-03T15:35:00Z, until: 2026-07-03T15:41:00Z}"));
        await node.CallsAsync(TimeSpan.FromMinutes(5), 10, 0);
        await node.CallsAsync(TimeSpan.FromMinutes(5), 10, 1);

        // All SLOs of the service, none of the other.
        foreach (var id in new[] { "first", "second" })
        {
            var status = node.Status(id);
            Assert.Equal((1.0, 1.0, 290.0), (status.Ratio!.Value, status.BudgetLeft!.Value, status.Total)); // calls of the 10 seconds before a minute are counted in it
            Assert.Equal(0.5, status.RawRatio!.Value, 1);
            Assert.Equal($"quiet ({kind}): They are closed, by ada", Assert.Single(status.Excluded));
        }

        Assert.Equal((600.0, 300.0), (node.Status("other").Total, node.Status("other").Bad));
        Assert.Empty(node.Status("other").Excluded);
        Assert.All(await node.Alerts.ListAsync(all: true, null, 10, TestContext.Current.CancellationToken), a => Assert.Equal("other", a.Objective));
    }

    // Closed from 18:00 to 8:00 in Berlin, which are 16:00 to 6:00 UTC in summer.
    [Fact]
    public async Task Semantics3_6_BusinessHoursInAZone_AreThoseOfItsClock()
    {
        await using var node = await ObjectiveNode.StartAsync(_database, _time, Documents("business_hours", "{cron: '0 18 * * *', duration: 14h, zone: Europe/Berlin}"));
        await node.CallsAsync(TimeSpan.FromMinutes(29), 10, 0);
        Assert.Equal(1740, node.Status("first").Total);
        _time.Advance(TimeSpan.FromMinutes(1));
        await node.CallsAsync(TimeSpan.FromMinutes(30), 10, 1);
        Assert.Equal((1740.0, 0.0), (node.Status("first").Total, node.Status("first").Bad));

        // Their clock is open again at 6:00 UTC.
        _time.Advance(new DateTimeOffset(2026, 7, 4, 6, 0, 0, TimeSpan.Zero) - _time.GetUtcNow());
        await node.CallsAsync(TimeSpan.FromMinutes(10), 10, 0.5);
        Assert.Equal((1740.0 + 600, 300.0), (node.Status("first").Total, node.Status("first").Bad));
        Assert.True(node.Status("first").RawRatio < node.Status("first").Ratio);
    }

    private static string Documents(string kind, string window) => string.Join("\n---\n", Orders, Slo("first", "orders"), Slo("second", "orders"), Slo("other", "payments"), $$"""
        apiVersion: tidegate/v1
        kind: Exclusion
        metadata: {name: quiet}
        spec: {reason: They are closed, author: ada, kind: {{kind}}, services: [orders], windows: [{{window}}]}
        """);

    private static string Slo(string name, string service) => $$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: {{name}}}
        spec:
          service: {{service}}
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.99}]
          indicator: {metadata: {name: {{name}}-i}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [orders]} } } } } }
        """;
}
