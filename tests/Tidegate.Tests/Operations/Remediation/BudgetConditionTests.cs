using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources.Objectives.FreezeCalendars;
using Tidegate.Insight.Incidents;
using Tidegate.Operations.Remediation;
using Tidegate.Platform.Events;
using Tidegate.Tests.Insight.Incidents;
using Tidegate.Tests.Operations.Remediation.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Remediation;

/// <summary>Rules that look at what is left of a budget that calls really use. 99 % over 30 days: of 10,000 calls 100 may fail.</summary>
public sealed class BudgetConditionTests : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(10);

    private readonly SqliteTestDatabase _database = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task BudgetLeftBelow_ActsBelowItAndIsLeftOnlyWhenMoreThanTheExitIsLeftForLongEnough()
    {
        await using var node = await StartAsync("budgetLeftBelow: 25", $"{PolicyText.Shift}, {{type: freeze}}", "budgetLeftAbove: 40, ");
        await node.RunAsync(TimeSpan.FromMinutes(10), 0); // 6,000 calls and those of the start: some 60 may fail
        await node.RunAsync(Tick, 0.4);
        Assert.Equal("idle", (await node.RuleAsync()).State); // about a third is left

        await node.RunAsync(Tick, 0.1);
        Assert.Equal(("active", "orders 100"), ((await node.RuleAsync()).State, node.Split().First()));
        var overlay = Assert.Single(await node.Overlays.ListAsync(all: false, Cancel));
        Assert.Equal("orders-work: 20.63 % of the budget left (below 25 %)", overlay.Evidence); // 50 of the 63 that may fail of 6,300
        Assert.Equal(overlay.Evidence, Assert.Single(await node.Freezes.ListAsync("orders", all: false, Cancel)).Evidence);

        // Between the levels it stays, for however long; above the exit it is left after two minutes without a break.
        await PassAsync(node, left: 30);
        await node.RunAsync(TimeSpan.FromMinutes(1), 0);
        Assert.Equal(("active", null), await node.RuleAsync() is var between ? (between.State, between.ClearSince) : default);
        await PassAsync(node, left: 41);
        Assert.NotNull((await node.RuleAsync()).ClearSince);
        await node.RunAsync(Tick, 0.1); // back below the exit, not below the entry
        Assert.Equal(("active", null), await node.RuleAsync() is var again ? (again.State, again.ClearSince) : default);
        await PassAsync(node, left: 40);
        await node.RunAsync(TimeSpan.FromSeconds(110), 0);
        Assert.Equal("active", (await node.RuleAsync()).State);
        await node.RunAsync(TimeSpan.FromSeconds(20), 0);

        Assert.Equal(("cooling", "orders 80"), ((await node.RuleAsync()).State, node.Split().First()));
        Assert.Empty(await node.Overlays.ListAsync(all: false, Cancel));
        Assert.Empty(await node.Freezes.ListAsync(null, all: false, Cancel));
        Assert.Equal(["rule_entered", "acted", "acted", "rule_left", "reverted"], await node.ToldAsync());
        var why = (await node.Events.ListAsync(new EventQuery { Type = PolicyReader.Left }, Cancel))[0].Data!["text"]!.GetValue<string>();
        Assert.Contains("% of the budget left (exit above 40 %)", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Semantics3_8_Exhausted_ReleasesAreFrozenExceptP0AndSecurity_UntilSomethingIsLeft()
    {
        await using var node = await StartAsync("exhausted: true", "{type: freeze}, {type: incident}");
        await node.RunAsync(TimeSpan.FromMinutes(10), 0);
        await node.RunAsync(Tick, 0.6);
        Assert.Equal("idle", (await node.RuleAsync()).State); // a little is left

        await node.RunAsync(Tick, 0.1);

        var freeze = Assert.Single(await node.Freezes.ListAsync("orders", all: false, Cancel));
        Assert.Equal([FreezeException.P0, FreezeException.Security], freeze.Exceptions);
        Assert.Matches(@"^orders-work: -\d+\.\d+ % of the budget left \(used up\)$", freeze.Evidence);
        var incident = Assert.Single(await node.Incidents.ListAsync(all: false, "orders", null, 10, Cancel));

        await node.RunAsync(TimeSpan.FromMinutes(1), 0);
        Assert.Equal("active", (await node.RuleAsync()).State);
        await PassAsync(node, left: 1);
        await node.RunAsync(TimeSpan.FromMinutes(3), 0);

        Assert.Equal("cooling", (await node.RuleAsync()).State);
        Assert.Empty(await node.Freezes.ListAsync(null, all: false, Cancel));
        Assert.True((await node.Incidents.FindAsync(incident.Id, Cancel))!.IsOpen); // people close it
    }

    [Fact]
    public async Task For_Services_LooksAtAllTheirObjectivesAndAtNoOthers()
    {
        await using var node = await StartAsync("exhausted: true", "{type: freeze}", "", "services: [orders-next]", Objective("next-works", "orders-next", 0.9) + Objective("next-is-good", "orders-next", 0.5));
        Assert.Equal(["next-is-good", "next-works"], Assert.Single(await node.Reader.ListAsync(Cancel)).Objectives);
        await node.RunAsync(TimeSpan.FromMinutes(10), 0.05);
        Assert.Equal("idle", (await node.RuleAsync()).State); // orders-work has used five times what it may

        await node.RunAsync(TimeSpan.FromMinutes(2), 0.9);

        Assert.Equal("orders-next", Assert.Single(await node.Freezes.ListAsync(null, all: false, Cancel)).Service);
        Assert.StartsWith("next-works: ", Assert.Single((await node.RuleAsync()).Why), StringComparison.Ordinal);
    }

    // The same calls, of which the second may lose five times as many: it is well long before the first, which is between entry and exit.
    [Fact]
    public async Task Exit_SeveralObjectivesHeld_IsLeftWhenTheLastHasRecovered()
    {
        await using var node = await StartAsync("burnAbove: 4, over: 5m", PolicyText.Shift, "burnBelow: 1, ", "slos: [orders-work, next-works]", Objective("next-works", "orders-next", 0.95));
        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);
        Assert.Equal(["next-works", "orders-work"], (await node.RuleAsync()).Levels.Where(l => l.Holds == true).Select(l => l.Objective));

        await node.RunAsync(TimeSpan.FromMinutes(15), 0.02); // burns of 0.4 and of 2
        var half = await node.RuleAsync();
        Assert.Equal(("active", null), (half.State, half.ClearSince));
        Assert.Equal(["next-works True", "orders-work False"], half.Levels.Where(l => l.Level.StartsWith("exit", StringComparison.Ordinal)).Select(l => $"{l.Objective} {l.Holds}").Order(StringComparer.Ordinal));

        await node.RunAsync(TimeSpan.FromMinutes(8), 0);
        Assert.Equal("cooling", (await node.RuleAsync()).State);
        Assert.Equal("orders 80", node.Split().First());
    }

    [Theory]
    [InlineData("services: [orders-next], exceptions: [security]", "orders-next", "no releases of orders-next but security", FreezeException.Security)]
    [InlineData("exceptions: []", "orders", "no releases of orders")]
    public async Task Freeze_WithServicesAndExceptionsOfItsOwn_IsOfThese(string settings, string service, string text, params FreezeException[] exceptions)
    {
        await using var node = await StartAsync("exhausted: true", $"{{type: freeze, {settings}}}");
        await node.RunAsync(TimeSpan.FromMinutes(1), 0.5);

        var freeze = Assert.Single(await node.Freezes.ListAsync(null, all: false, Cancel));
        Assert.Equal(service, freeze.Service);
        Assert.Equal(exceptions, freeze.Exceptions);
        Assert.Equal(text, Assert.Single((await node.RuleAsync()).Actions).Text);
    }

    // Good calls until so many percent of the budget are left.
    private static async Task PassAsync(PolicyNode node, double left)
    {
        while ((await node.RuleAsync()).Levels[0].Value < left) await node.RunAsync(Tick, 0);
    }

    private static string Objective(string name, string service, double target) => "---\n" + IncidentNode.Orders.Split("---")[0].Replace("orders-work", name, StringComparison.Ordinal)
        .Replace("orders-answered", name, StringComparison.Ordinal).Replace("service: orders\n", $"service: {service}\n", StringComparison.Ordinal)
        .Replace("target: 0.99", FormattableString.Invariant($"target: {target}"), StringComparison.Ordinal);

    private Task<PolicyNode> StartAsync(string when, string actions, string exit = "", string scope = "slos: [orders-work]", string more = "") =>
        PolicyNode.StartAsync(_database, _time, PolicyNode.Shop + PolicyText.Of(when, actions, exit, scope) + more);
}
