using Microsoft.Extensions.Time.Testing;
using Tidegate.Insight.Notifications;
using Tidegate.Platform.Events;
using Tidegate.Tests.Operations.Remediation.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Remediation;

/// <summary>What a policy cannot do is said, and wakes somebody; what need not be done wakes nobody.</summary>
public sealed class CannotActTests : IAsyncDisposable
{
    private const string Burns = "burnAbove: 10, over: 5m";

    private readonly SqliteTestDatabase _database = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Act_BoundsLeaveNothing_IsSaidAndPagesOnceAndItsEndIsTold()
    {
        await using var node = await StartAsync($"{PolicyText.Shift[..^1]}, minShare: 20}}");
        await node.RunAsync(TimeSpan.FromMinutes(5), 0.5);

        var action = Assert.Single((await node.RuleAsync()).Actions);
        Assert.Equal(("refused", "Its bounds (maxShift, minShare) leave nothing to shift."), (action.State, action.Reason));
        Assert.Equal(["rule_entered", "refused", "escalated"], await node.ToldAsync());
        Assert.Empty(await node.Overlays.ListAsync(all: true, Cancel));
        var page = Assert.Single(await PagesAsync(node));
        Assert.Equal(("fired", "error budget policy orders: rule low could not act"), (page.Kind, page.Title));

        await node.RunAsync(TimeSpan.FromMinutes(12), 0);
        Assert.Equal(["fired", "resolved"], (await PagesAsync(node)).Select(n => n.Kind).Order(StringComparer.Ordinal));
    }

    // A composite is of no service: the rule was "done", and nothing was frozen.
    [Fact]
    public async Task Freeze_ObjectiveWithoutAService_IsSaidAndPages()
    {
        await using var node = await StartAsync("{type: freeze}", "slos: [journey]", """
            ---
            apiVersion: tidegate/v1
            kind: CompositeSLO
            metadata: {name: journey}
            spec: {target: 0.99, timeWindow: [{duration: 30d, isRolling: true}], parts: [{slo: orders-work}, {slo: orders-work-too}]}
            ---

            """ + Tidegate.Tests.Insight.Incidents.IncidentNode.Orders.Split("---")[0].Replace("orders-work", "orders-work-too", StringComparison.Ordinal).Replace("orders-answered", "too", StringComparison.Ordinal));
        await node.RunAsync(TimeSpan.FromMinutes(5), 0.5);

        var action = Assert.Single((await node.RuleAsync()).Actions);
        Assert.Equal(("refused", "No service is frozen: the objectives of the rule name none, and neither does the action (services)."), (action.State, action.Reason));
        Assert.Single(await PagesAsync(node));
    }

    [Fact]
    public async Task Act_ItIsSoAlready_IsSaidAndWakesNobody()
    {
        await using var node = await StartAsync("{type: split, route: shop, split: [{service: orders, weight: 8}, {service: orders-next, weight: 2}]}, {type: hedging_off, services: [orders]}");
        await node.RunAsync(TimeSpan.FromMinutes(5), 0.5);

        Assert.Equal(["rule_entered", "refused"], await node.ToldAsync());
        Assert.EndsWith("It is so already.", Assert.Single((await node.RuleAsync()).Actions).Reason, StringComparison.Ordinal);
        Assert.Empty(await PagesAsync(node));
    }

    [Fact]
    public async Task Act_OneIsSoAlreadyAndOneCannotBe_SaysWhatCannotAndPages()
    {
        await using var node = await StartAsync($"{PolicyText.Shift[..^1]}, minShare: 20}}, {{type: hedging_off, services: [orders]}}");
        await node.RunAsync(TimeSpan.FromMinutes(5), 0.5);

        Assert.EndsWith("leave nothing to shift.", Assert.Single((await node.RuleAsync()).Actions).Reason, StringComparison.Ordinal);
        Assert.Single(await PagesAsync(node));
    }

    // docs/guides/policies.md: after two vain times it changes traffic no more, and goes on telling people.
    [Fact]
    public async Task Act_AfterTwoVainTimes_StillTellsPeople()
    {
        await using var node = await PolicyNode.StartAsync(_database, _time, PolicyNode.Shop + PolicyText.Of(Burns, $"{PolicyText.Shift}, {{type: notify, targets: [on-call]}}").Replace("lasts: 3h", "lasts: 5m", StringComparison.Ordinal));
        for (var times = 0; times < 3; times++)
        {
            await node.RunAsync(TimeSpan.FromMinutes(8), 0.5);
            await node.RunAsync(TimeSpan.FromMinutes(30), 0);
        }

        Assert.Equal(2, (await node.Overlays.ListAsync(all: true, Cancel)).Count);
        var told = await node.Notifications.ListAsync(null, "on-call", null, 100, Cancel);
        Assert.Equal(3, told.Count(n => n.Kind == "fired" && n.Alert.EndsWith("/acts", StringComparison.Ordinal)));
        Assert.Equal(3, told.Count(n => n.Kind == "resolved" && n.Alert.EndsWith("/acts", StringComparison.Ordinal)));
        var last = (await node.Events.ListAsync(new EventQuery { Type = Tidegate.Operations.Remediation.PolicyReader.Escalated }, Cancel))[0].Data!["text"]!.GetValue<string>();
        Assert.Contains("could not act by rule low", last, StringComparison.Ordinal);
        Assert.Contains("'tidegate policies reset orders low' lets it act again.", last, StringComparison.Ordinal);
    }

    private Task<PolicyNode> StartAsync(string actions, string scope = "slos: [orders-work]", string more = "") =>
        PolicyNode.StartAsync(_database, _time, PolicyNode.Shop + PolicyText.Of(Burns, actions, "", scope) + more);

    private static async Task<IReadOnlyList<Notification>> PagesAsync(PolicyNode node) =>
        [.. (await node.Notifications.ListAsync(null, "on-call", null, 100, Cancel)).Where(n => n.Alert.EndsWith("/escalated", StringComparison.Ordinal))];
}
