using Microsoft.Extensions.Time.Testing;
using Tidegate.Insight.Incidents;
using Tidegate.Operations.Remediation;
using Tidegate.Operations.Remediation.Rows;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Insight.Incidents;
using Tidegate.Tests.Operations.Remediation.Support;
using Tidegate.Tests.Platform.ConfigStore;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Remediation;

public sealed class PolicyOnSqliteTests() : PolicyTests(new SqliteTestDatabase());

public sealed class PolicyOnPostgresTests(PostgresServer server) : PolicyTests(new PostgresTestDatabase(server));

/// <summary>Budgets burn, policies act, budgets recover, and what was done is taken back: each part of it, and what may come in between.</summary>
public abstract class PolicyTests(TestDatabase database) : IAsyncLifetime
{
    private const string Shift = "{type: split, route: shop, split: [{service: orders}]}";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    [Fact]
    public async Task Rule_BudgetBurnsAndRecovers_ActsOnceWithItsEvidenceAndIsReverted()
    {
        await using var node = await StartAsync($"{Shift}, {{type: notify, targets: [on-call]}}, {{type: incident, severity: sev1}}, {{type: freeze}}");
        await node.RunAsync(TimeSpan.FromMinutes(2), 0);
        Assert.Empty(await node.ToldAsync());
        var idle = await node.RuleAsync();
        Assert.Equal(("idle", "would", "split of Route/shop: orders 80 % to 100 %, orders-next 20 % to 0 %"), (idle.State, idle.Actions[0].State, idle.Actions[0].Text));

        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);

        var overlay = Assert.Single(await node.Overlays.ListAsync(all: false, Cancel));
        Assert.Equal(("policy/orders", TimeSpan.FromMinutes(30)), (overlay.Author, overlay.ExpiresAt - overlay.CreatedAt));
        Assert.Matches(@"^orders-work: burns \d+(\.\d+)? times as fast as it may over 5m \(above 10\)$", overlay.Evidence);
        Assert.Equal(["orders 100", "orders-next 0"], node.Split());
        var active = await node.RuleAsync();
        Assert.Equal(("active", overlay.ExpiresAt), (active.State, active.Actions[0].Until));
        Assert.Equal(["done", "done", "done", "done"], active.Actions.Select(a => a.State));
        Assert.Equal(overlay.Id, Assert.Single(active.Actions[0].Made));
        var incident = Assert.Single(await node.Incidents.ListAsync(all: false, "orders", null, 10, Cancel));
        Assert.Equal(("policy/orders", "orders-work"), (incident.OpenedBy, incident.Objectives[0]));
        var freeze = Assert.Single(await node.Freezes.ListAsync("orders", all: false, Cancel));
        Assert.Equal(("policy/orders", overlay.Evidence), (freeze.Author, freeze.Evidence));
        Assert.Equal("fired", Assert.Single(await node.Notifications.ListAsync(null, "on-call", null, 10, Cancel)).Kind); // though on-call is for pages only: it was named

        await node.RunAsync(TimeSpan.FromMinutes(12), 0);

        Assert.Empty(await node.Overlays.ListAsync(all: false, Cancel));
        Assert.Equal(["orders 80", "orders-next 20"], node.Split());
        Assert.Empty(await node.Freezes.ListAsync(null, all: false, Cancel));
        Assert.Equal("cooling", (await node.RuleAsync()).State);
        Assert.True((await node.Incidents.FindAsync(incident.Id, Cancel))!.IsOpen); // people close it
        Assert.Equal(["rule_entered", "acted", "acted", "acted", "acted", "rule_left", "reverted"], await node.ToldAsync());
        Assert.Single(await node.Overlays.ListAsync(all: true, Cancel));
        // Whoever was told reads why it is over, what was taken back and what is left to people.
        var ended = (await node.EndReasonAsync()).Split('\n');
        Assert.Equal(
            ["Its exit criteria have held", "Taken back: split of Route/shop: orders 80 % to 100 %, orders-next 20 % to 0 %", "It stays: incident SEV1", "Taken back: no release"],
            ended.Zip([27, 500, 23, 22]).Select(line => line.First[..Math.Min(line.First.Length, line.Second)]));
        var left = (await node.Events.ListAsync(new EventQuery { Type = PolicyReader.Left }, Cancel))[0];
        Assert.Contains("exit below 2", left.Data!["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    // The ticket of the first time still fires: what it was about is the first incident's.
    [Fact]
    public async Task Incident_OfAnObjectiveWhoseLastOneIsClosed_BeginsAfterThatOne()
    {
        await using var node = await StartAsync("{type: incident, severity: sev2}");
        await node.RunAsync(TimeSpan.FromMinutes(2), 0);
        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);
        var first = Assert.Single(await node.Incidents.ListAsync(all: false, "orders", null, 10, Cancel));
        await node.RunAsync(TimeSpan.FromMinutes(1), 0);
        await node.Incidents.CloseAsync(first.Id, "mended", ConfigNode.Ada, Cancel);
        var closed = _time.GetUtcNow();
        await node.RunAsync(TimeSpan.FromMinutes(25), 0);

        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);

        var second = Assert.Single(await node.Incidents.ListAsync(all: false, "orders", null, 10, Cancel));
        Assert.Contains(second.Alerts, a => first.Alerts.Contains(a)); // the same ticket
        Assert.True(first.ImpactStart < closed);
        Assert.InRange(second.ImpactStart, closed.AddMinutes(25), second.OpenedAt);
    }

    [Fact]
    public async Task Rule_DryRun_SaysWhatItWouldDoAndDoesNothing()
    {
        await using var node = await StartAsync($"{Shift}, {{type: freeze}}, {{type: incident}}, {{type: notify, targets: [on-call]}}", "dryRun: true");

        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);
        var active = await node.RuleAsync();
        await node.RunAsync(TimeSpan.FromMinutes(12), 0);

        Assert.Equal("active", active.State);
        Assert.All(active.Actions, a => Assert.Equal("would", a.State));
        Assert.Equal(["rule_entered", "would_act", "rule_left", "reverted"], await node.ToldAsync());
        var would = (await node.Events.ListAsync(new EventQuery { Type = PolicyReader.WouldAct }, Cancel))[0].Data!;
        Assert.Contains("orders-next 20 % to 0 %", would["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("no releases of orders but p0 and security", would["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(await node.Overlays.ListAsync(all: true, Cancel));
        Assert.Empty(await node.Freezes.ListAsync(null, all: true, Cancel));
        Assert.Empty(await node.Incidents.ListAsync(all: true, null, null, 10, Cancel));
        Assert.Empty(await node.Notifications.ListAsync(null, null, null, 10, Cancel));
    }

    [Fact]
    public async Task Overlay_APersonTakesItBack_IsNotMadeAgainUntilTheRuleWasLeft()
    {
        await using var node = await StartAsync(Shift);
        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);
        var overlay = Assert.Single(await node.Overlays.ListAsync(all: false, Cancel));

        await node.Overlays.RevokeAsync(overlay.Id, ConfigNode.Ada, Cancel);
        await node.RunAsync(TimeSpan.FromMinutes(10), 0.5);

        Assert.Empty(await node.Overlays.ListAsync(all: false, Cancel));
        Assert.Equal(("active", "revoked"), ((await node.RuleAsync()).State, (await node.RuleAsync()).Actions[0].State));
        Assert.Equal(["rule_entered", "acted", "revoked"], await node.ToldAsync());

        await node.RunAsync(TimeSpan.FromMinutes(25), 0); // left, and cooled down
        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);

        Assert.NotEqual(overlay.Id, Assert.Single(await node.Overlays.ListAsync(all: false, Cancel)).Id);
    }

    [Fact]
    public async Task Overlay_ExpiresWithoutRecovery_IsTakenBackAndPeopleArePagedOnceAndTheSecondTimeItStops()
    {
        await using var node = await StartAsync($"{Shift}, {{type: notify, targets: [on-call]}}");

        await node.RunAsync(TimeSpan.FromMinutes(40), 0.5);

        Assert.Equal(["orders 80", "orders-next 20"], node.Split());
        Assert.Equal(("expired", 1), ((await node.RuleAsync()).Actions[0].State, (await node.RuleAsync()).Ineffective));
        Assert.Equal(["rule_entered", "acted", "acted", "expired", "escalated"], await node.ToldAsync());
        var page = Assert.Single(await node.Notifications.ListAsync(null, "on-call", null, 10, Cancel), n => n.Alert.EndsWith("/escalated", StringComparison.Ordinal));
        Assert.Equal("error budget policy orders: rule burning did not help", page.Title);
        Assert.Equal(page.CreatedAt, page.NextAt); // it waits behind no other page

        await node.RunAsync(TimeSpan.FromMinutes(25), 0);
        await node.RunAsync(TimeSpan.FromMinutes(40), 0.5); // in vain again
        await node.RunAsync(TimeSpan.FromMinutes(25), 0);
        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);

        var stopped = await node.RuleAsync();
        Assert.Equal(("active", "refused", 2), (stopped.State, stopped.Actions[0].State, stopped.Ineffective));
        Assert.Equal(2, (await node.Overlays.ListAsync(all: true, Cancel)).Count);

        Assert.True(await node.Reader.ResetAsync("orders", "burning", ConfigNode.Ada, Cancel));
        Assert.False(await node.Reader.ResetAsync("orders", "burning", ConfigNode.Ada, Cancel));
        Assert.Equal("policies.reset", (await node.Config.Audit.ListAsync(new Tidegate.Platform.Audit.AuditQuery(), Cancel))[0].Action);
        await node.RunAsync(TimeSpan.FromMinutes(25), 0);
        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);
        Assert.Equal(3, (await node.Overlays.ListAsync(all: true, Cancel)).Count);
    }

    [Fact]
    public async Task ResetAsync_TheRuleIsChangedMeanwhile_IsAConflictAndNoFault()
    {
        await using var node = await StartAsync(Shift);
        var state = await node.Rules.WriteAsync(new RuleState { Policy = "orders", Rule = "burning", Ineffective = 2 }, Cancel);
        var reader = new PolicyReader(node.Rules, null!, null!, null!, node.Config.Audit, null!, new Meanwhile(_time, () => node.Rules.WriteAsync(state with { Ineffective = 3 }, Cancel)));

        var refused = await Assert.ThrowsAsync<ProblemException>(() => reader.ResetAsync("orders", "burning", ConfigNode.Ada, Cancel));

        Assert.Equal((409, "rule_changed", "policy/orders/burning"), (refused.Problem.Status, refused.Problem.Code, refused.Problem.Resource));
        Assert.Equal(3, (await node.Rules.AllAsync(Cancel))["orders/burning"].Ineffective);
        Assert.DoesNotContain(await node.Config.Audit.ListAsync(new Tidegate.Platform.Audit.AuditQuery(), Cancel), row => row.Action == "policies.reset");
    }

    [Fact]
    public async Task Node_DiesBetweenDecidingAndActing_TheNextDoesTheRestOnce()
    {
        // The freeze stands first: the node dies after it was made and before anything is written down of it; the overlay is not even begun.
        var documents = Documents($"{{type: freeze}}, {Shift}, {{type: incident}}");
        var node = await PolicyNode.StartAsync(database, _time, documents);
        node.DieAfterFreezing();
        await node.RunAsync(TimeSpan.FromMinutes(1), 0.5);
        Assert.Equal(["rule_entered"], await node.ToldAsync());
        Assert.Single(await node.Freezes.ListAsync(null, all: false, Cancel));
        Assert.Empty(await node.Overlays.ListAsync(all: true, Cancel));
        Assert.Contains("the power is gone", Assert.Single(node.Health.Problems), StringComparison.Ordinal);

        await using var next = await PolicyNode.StartAsync(database, _time);
        await next.RunAsync(TimeSpan.FromMinutes(1), 0.5);

        Assert.Equal(["rule_entered", "acted", "acted", "acted"], await next.ToldAsync());
        Assert.Single(await next.Freezes.ListAsync(null, all: true, Cancel));
        Assert.Single(await next.Overlays.ListAsync(all: true, Cancel));
        Assert.Single(await next.Incidents.ListAsync(all: true, null, null, 10, Cancel));
        Assert.Empty(next.Health.Problems);
        await node.DisposeAsync();
    }

    [Fact]
    public async Task Node_DiesAfterTheOverlayWasMade_TheNextFindsItAndTakesItBack()
    {
        var node = await PolicyNode.StartAsync(database, _time, Documents($"{{type: freeze}}, {Shift}"));
        node.DieAfterFreezing();
        await node.RunAsync(TimeSpan.FromMinutes(1), 0.5);
        var activation = Assert.Single(await node.Rules.AllAsync(Cancel)).Value.Activation;
        // As its process would have, had it died a step later.
        var made = await node.Overlays.CreateOnceAsync(
            activation, new OverlayRequest { Reason = "as decided", For = "30m", Patches = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["Route/shop"] = System.Text.Json.Nodes.JsonNode.Parse("""{"spec":{"order":3}}""") } },
            Tidegate.Platform.Audit.Actor.System("policy/orders"), Cancel);

        await using var next = await PolicyNode.StartAsync(database, _time);
        await next.RunAsync(TimeSpan.FromMinutes(1), 0.5);
        Assert.Equal(made.Id, Assert.Single(Assert.Single((await next.RuleAsync()).Actions, a => a.Type == "overlay").Made));

        // And where the rule is gone by then, it is taken back all the same.
        await next.ApplyAsync(PolicyNode.Shop);
        await next.LookAsync();
        await next.LookAsync();

        Assert.Empty(await next.Overlays.ListAsync(all: false, Cancel));
        Assert.Empty(await next.Freezes.ListAsync(null, all: false, Cancel));
        Assert.Single(await next.Overlays.ListAsync(all: true, Cancel));
        Assert.Empty(await next.Rules.AllAsync(Cancel));
        Assert.Equal(["rule_left", "reverted"], (await next.ToldAsync()).TakeLast(2));
        await node.DisposeAsync();
    }

    [Fact]
    public async Task Node_DiesAfterTheOverlayWasMade_AndTheRuleIsGoneThen_ItIsTakenBackAllTheSame()
    {
        var node = await PolicyNode.StartAsync(database, _time, Documents($"{{type: freeze}}, {Shift}"));
        node.DieAfterFreezing();
        await node.RunAsync(TimeSpan.FromMinutes(1), 0.5);
        var activation = Assert.Single(await node.Rules.AllAsync(Cancel)).Value.Activation;
        var patches = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["Route/shop"] = System.Text.Json.Nodes.JsonNode.Parse("""{"spec":{"order":3}}""") };
        await node.Overlays.CreateOnceAsync(activation, new OverlayRequest { Reason = "as decided", For = "30m", Patches = patches }, Tidegate.Platform.Audit.Actor.System("policy/orders"), Cancel);
        await node.ApplyAsync(PolicyNode.Shop);

        await using var next = await PolicyNode.StartAsync(database, _time);
        await next.LookAsync();

        Assert.NotNull(Assert.Single(await next.Overlays.ListAsync(all: true, Cancel)).RevokedAt);
        Assert.NotNull(Assert.Single(await next.Freezes.ListAsync(null, all: true, Cancel)).EndedAt);
        Assert.Empty(await next.Rules.AllAsync(Cancel));
        await node.DisposeAsync();
    }

    [Fact]
    public async Task Node_IsReplacedWhileARuleActs_TheNextGoesOnAndLeavesIt()
    {
        var node = await PolicyNode.StartAsync(database, _time, Documents(Shift));
        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);

        await using var next = await PolicyNode.StartAsync(database, _time);
        Assert.Equal(["orders 100", "orders-next 0"], next.Split());
        await next.RunAsync(TimeSpan.FromMinutes(12), 0);

        Assert.Equal(["rule_entered", "acted", "rule_left", "reverted"], await next.ToldAsync());
        Assert.Equal(["orders 80", "orders-next 20"], next.Split());
        await node.DisposeAsync();
    }

    [Fact]
    public async Task Overlays_MoreThanAnHourAllows_Wait()
    {
        await using var node = await PolicyNode.StartAsync(database, _time, Documents(Shift, "overlaysPerHour: 1") + """
                - name: shed
                  when: {burnAbove: 10, over: 5m}
                  actions: [{type: shed, routes: [shop]}]
            """);
        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);

        var policy = Assert.Single(await node.Reader.ListAsync(Cancel));
        Assert.Equal(["done", "held"], policy.Rules.Select(r => r.Actions[0].State));
        Assert.Equal((1, 1, "acting"), (policy.OverlaysLastHour, policy.OverlaysPerHour, policy.State));
        Assert.Single(await node.Overlays.ListAsync(all: true, Cancel));

        await node.RunAsync(TimeSpan.FromMinutes(60), 0.5);

        Assert.Equal("done", Assert.Single(await node.Reader.ListAsync(Cancel)).Rules[1].Actions[0].State);
        Assert.Equal(1, (await node.ToldAsync()).Count(t => t == "held"));
    }

    [Fact]
    public async Task Rule_DataIsMissing_NeitherBeginsNorEnds()
    {
        await using var node = await StartAsync(Shift);
        Assert.Empty(await node.ToldAsync());
        await node.RunAsync(TimeSpan.FromMinutes(1), 0.5);
        Assert.Single(await node.Overlays.ListAsync(all: false, Cancel));

        await node.RunAsync(TimeSpan.FromMinutes(20), 0, perTick: 0);

        Assert.Equal("active", (await node.RuleAsync()).State);
    }

    // The policy of the workbook: nothing left, no releases but those that repair or secure, until it is no longer so for as long as the exit says.
    [Fact]
    public async Task Semantics3_8_Exhausted_FreezesReleasesButP0AndSecurityUntilTheExitCriteriaHold()
    {
        await using var node = await StartAsync("{type: freeze}", "", "{exhausted: true}");
        await node.RunAsync(TimeSpan.FromMinutes(2), 0.01);
        Assert.Empty(await node.Freezes.ListAsync(null, all: true, Cancel)); // exactly used up: 12 of 1,200, but for the calls before it
        await node.RunAsync(TimeSpan.FromMinutes(1), 0.02);

        var freeze = Assert.Single(await node.Freezes.ListAsync("orders", all: false, Cancel));
        Assert.Equal(("policy/orders", "p0, security"), (freeze.Author, string.Join(", ", freeze.Exceptions.Select(e => e.ToString().ToLowerInvariant()))));
        Assert.Contains("orders-work", freeze.Evidence, StringComparison.Ordinal);

        await node.RunAsync(TimeSpan.FromMinutes(1), 0, perTick: 1_000); // there is budget again, but not for two minutes
        Assert.Single(await node.Freezes.ListAsync("orders", all: false, Cancel));
        await node.RunAsync(TimeSpan.FromMinutes(2), 0);
        Assert.Empty(await node.Freezes.ListAsync(null, all: false, Cancel));
    }

    [Fact]
    public async Task Semantics3_8_OneIncidentUsedMoreThanAFifth_ActsAndSaysWhich()
    {
        await using var node = await StartAsync("{type: freeze}", "", "{incidentAbove: 20}");
        await node.RunAsync(TimeSpan.FromMinutes(10), 0);
        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);
        Assert.Empty(await node.Freezes.ListAsync(null, all: true, Cancel)); // burnt, but by no incident
        var opened = await node.Incidents.OpenAsync(new IncidentRequest { Title = "t", Objectives = ["orders-work"], Services = ["orders"], ImpactStart = _time.GetUtcNow().AddMinutes(-3) }, ConfigNode.Ada, Cancel);

        await node.RunAsync(TimeSpan.FromMinutes(2), 0);

        var freeze = Assert.Single(await node.Freezes.ListAsync("orders", all: false, Cancel));
        Assert.Contains($"{opened.Incident.Id} used", freeze.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policy_BecomesADryRunWhileItActs_TakesBackWhatItDid()
    {
        await using var node = await StartAsync(Shift);
        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);

        await node.ApplyAsync(Documents(Shift, "dryRun: true"));
        await node.RunAsync(TimeSpan.FromMinutes(1), 0.5);

        Assert.Empty(await node.Overlays.ListAsync(all: false, Cancel));
        Assert.Contains("rule_left", await node.ToldAsync());
    }

    [Theory]
    [InlineData("dryRun: true")]
    [InlineData("expires: \"2026-03-02T00:00:00Z\"")]
    public async Task Policy_IsStoppedWhileItActs_DoesNotClaimThatItHelped(string stopped)
    {
        await using var node = await StartAsync(Shift);
        await node.RunAsync(TimeSpan.FromMinutes(40), 0.5); // in vain
        await node.RunAsync(TimeSpan.FromMinutes(25), 0);
        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);
        Assert.Equal(("active", "done", 1), await node.RuleAsync() is var acts ? (acts.State, acts.Actions[0].State, acts.Ineffective) : default);

        await node.ApplyAsync(Documents(Shift, stopped));
        await node.LookAsync();

        Assert.Empty(await node.Overlays.ListAsync(all: false, Cancel));
        Assert.Equal(1, (await node.RuleAsync()).Ineffective);
    }

    [Fact]
    public async Task Freeze_AnotherObjectiveBurnsLater_FreezesItsServiceAndNotWhatAPersonHasEnded()
    {
        // The same calls, of which this one may lose five times as many.
        var next = IncidentNode.Orders.Split("---")[0].Replace("orders-work", "next-works", StringComparison.Ordinal).Replace("orders-answered", "next-answered", StringComparison.Ordinal)
            .Replace("service: orders\n", "service: orders-next\n", StringComparison.Ordinal).Replace("target: 0.99", "target: 0.95", StringComparison.Ordinal);
        await using var node = await PolicyNode.StartAsync(database, _time, Documents("{type: freeze}").Replace("slos: [orders-work]", "slos: [orders-work, next-works]", StringComparison.Ordinal) + "---\n" + next);
        await node.RunAsync(TimeSpan.FromMinutes(6), 0.15);
        var first = Assert.Single(await node.Freezes.ListAsync(null, all: false, Cancel));
        Assert.Equal("orders", first.Service);
        await node.Freezes.EndAsync(first.Id, ConfigNode.Ada, Cancel);

        await node.RunAsync(TimeSpan.FromMinutes(6), 0.9);

        var frozen = Assert.Single(await node.Freezes.ListAsync(null, all: false, Cancel));
        Assert.Equal("orders-next", frozen.Service);
        var action = Assert.Single((await node.RuleAsync()).Actions);
        Assert.Equal(("done", "no releases of orders, orders-next but p0 and security"), (action.State, action.Text));
        Assert.Equal([first.Id, frozen.Id], action.Made);

        await node.RunAsync(TimeSpan.FromMinutes(12), 0);
        Assert.Empty(await node.Freezes.ListAsync(null, all: false, Cancel));
    }

    // Whoever ends the dry run while it burns wants help now: nothing was done that would have to cool down.
    [Fact]
    public async Task Policy_IsNoDryRunAnyMoreWhileItBurns_ActsAtTheNextLook()
    {
        await using var node = await StartAsync(Shift, "dryRun: true");
        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);
        Assert.Equal("active", (await node.RuleAsync()).State);

        await node.ApplyAsync(Documents(Shift));
        await node.RunAsync(TimeSpan.FromMinutes(1), 0.5);

        Assert.Equal("active", (await node.RuleAsync()).State);
        Assert.Single(await node.Overlays.ListAsync(all: false, Cancel));
    }

    private Task<PolicyNode> StartAsync(string actions, string policy = "", string when = "{burnAbove: 10, over: 5m}") => PolicyNode.StartAsync(database, _time, Documents(actions, policy, when));

    private static string Documents(string actions, string policy = "", string when = "{burnAbove: 10, over: 5m}") => PolicyNode.Shop + $$"""
        ---
        apiVersion: tidegate/v1
        kind: ErrorBudgetPolicy
        metadata: {name: orders}
        spec:
          for: {slos: [orders-work]}
          {{policy}}
          rules:
            - name: burning
              when: {{when}}
              exit: {{{(when.Contains("burn", StringComparison.Ordinal) ? "burnBelow: 2, " : "")}}after: 2m}
              minActive: 1m
              coolDown: 10m
              lasts: 30m
              actions: [{{actions}}]

        """;

    /// <summary>A clock that something happens at, whenever it is looked at.</summary>
    private sealed class Meanwhile(TimeProvider time, Func<Task> happens) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            happens().GetAwaiter().GetResult();
            return time.GetUtcNow();
        }
    }
}
