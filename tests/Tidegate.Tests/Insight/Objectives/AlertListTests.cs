using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Events;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives;

/// <summary>Alerts of others come many at a moment: no page border loses any of them.</summary>
public sealed class AlertListTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(100)]
    public async Task PageAsync_ManyOfOneMoment_EveryAlertIsOnOnePage(int size)
    {
        await using var database = new SqliteTestDatabase();
        var store = await database.OpenAsync();
        var own = new AlertStore(store, new EventLog(store));
        var all = new[] { 0, 1, 1, 1, 1, 2, 3, 3 }.Select((minute, number) => Made(number, Start.AddMinutes(minute))).ToList();
        foreach (var alert in all) await own.FireAsync(alert, Cancel);
        var list = new AlertList(own, []);

        var seen = new List<string>();
        DateTimeOffset? before = null;
        do
        {
            var (items, next) = await list.PageAsync(all: false, before, size, Cancel);
            Assert.NotEmpty(items);
            seen.AddRange(items.Select(a => a.Id));
            before = next;
        }
        while (before is not null);

        Assert.Equal(all.Select(a => a.Id).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    private static Alert Made(int number, DateTimeOffset at) => new()
    {
        Id = $"alert_{number}", Objective = "o", Slo = "o", Service = "s", Severity = AlertSeverity.Ticket, FiredAt = at, ImpactStart = at, Condition = "", Burn = 0, BudgetLeft = 0, Summary = "",
    };
}
