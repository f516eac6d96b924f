using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives;

/// <summary>The figures of an objective and of its alert, from calls whose numbers are known.</summary>
public sealed class StatusFiguresTests : IAsyncLifetime
{
    private const string Orders = """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: orders, annotations: {runbook: "https://wiki.example/orders", dashboard: "https://grafana.example/d/orders", owner: ada, traces: "http://traces.example"}}
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.99}]
          indicator: {metadata: {name: i}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [orders]}}}}}}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: orders}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        """;

    private readonly SqliteTestDatabase _database = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Status_BudgetLeftInEventsMinutesAndTime_AndBurnOverEveryWindow()
    {
        await using var node = await ObjectiveNode.StartAsync(_database, _time, Orders);
        await node.CallsAsync(TimeSpan.FromHours(7), 10, 0);
        await node.CallsAsync(TimeSpan.FromMinutes(30), 10, 0.1);

        var status = node.Status("orders");

        // 2,700 ticks of 10 calls; in the last 180 of them one fails: 180 of 27,000, where 270 may.
        Assert.Equal((27_000.0, 180.0, 90.0), (status.Total, status.Bad, Math.Round(status.BudgetLeftUnits!.Value, 6)));
        Assert.Equal(1.0 / 3, status.BudgetLeft!.Value, 9);
        Assert.Equal(30 * 24 * 60 * 0.01 / 3, status.BudgetLeftMinutes!.Value, 6); // 432 in all
        // The last hour burns at 5: a third of 30 days lasts 2 days at that.
        Assert.Equal(2 * 86_400, status.ExhaustedInSeconds!.Value, 3);
        Assert.Equal(["1d", "1h", "2h", "30m", "3d", "5m", "6h", "period"], status.Burn.Keys);
        foreach (var (window, burn) in new[] { ("5m", 10.0), ("30m", 10), ("1h", 5), ("2h", 2.5), ("6h", 5.0 / 6), ("1d", 2.0 / 3), ("3d", 2.0 / 3), ("period", 2.0 / 3) })
            Assert.InRange(status.Burn[window]!.Value, burn * 0.99, burn * 1.01); // older minutes are one, of which a part is in the window

        // Nothing burns in the last hour: it lasts for ever; all of it is used: it has ended.
        await node.CallsAsync(TimeSpan.FromHours(1), 10, 0);
        Assert.Null(node.Status("orders").ExhaustedInSeconds);
        await node.CallsAsync(TimeSpan.FromMinutes(10), 10, 1);
        Assert.Equal(0, node.Status("orders").ExhaustedInSeconds);
        Assert.True(node.Status("orders").BudgetLeftUnits < 0);
    }

    [Fact]
    public async Task Alert_HasItsBurnWhatIsLeftForHowLong_AndWhereToLook()
    {
        await using var node = await ObjectiveNode.StartAsync(_database, _time, Orders);
        await node.CallsAsync(TimeSpan.FromHours(20), 10, 0);
        await node.CallsAsync(TimeSpan.FromMinutes(20), 10, 0.5);

        var page = Assert.Single(await node.Alerts.ListAsync(all: true, null, 10, TestContext.Current.CancellationToken), a => a.Severity == AlertSeverity.Page);

        // 14.4 over an hour are 14.4 % of 3,600 calls bad: 519, after 104 ticks of 5. Of 73,040 calls then, 730.4 may be bad.
        Assert.Equal(("14.4x over 1h and 5m", new DateTimeOffset(2026, 3, 2, 20, 17, 20, TimeSpan.Zero)), (page.Condition, page.FiredAt));
        Assert.Equal(520 / 36.0, page.Burn, 4);
        Assert.Equal(1 - (520 / 730.4), page.BudgetLeft, 4);
        // 28.8 % of 30 days at 14.4 are 14 hours.
        Assert.Equal(
            "14.44 % not good in the last 1h (calls answered, service orders; promised 99 %). It burns 14.4 times as fast as it may. 28.81 % of the error budget is left, for 14 hours at this burn.",
            page.Summary);
        Assert.Equal([("dashboard", "https://grafana.example/d/orders"), ("traces", "http://traces.example")], page.Links.Select(l => (l.Name, l.Url)));
        Assert.Equal("https://wiki.example/orders", page.Runbook);
    }
}
