using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Insight.InboundAlerts;
using Tidegate.Insight.InboundAlerts.Intake;
using Tidegate.Insight.Incidents;
using Tidegate.Insight.Notifications;
using Tidegate.Insight.Notifications.Outbox;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Judging;
using Tidegate.Insight.PostMortems;
using Tidegate.Operations.Delivery;
using Tidegate.Operations.Delivery.Gating;
using Tidegate.Operations.Delivery.Releasing;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Audit.Chain;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Delivery;

public sealed class GateOnSqliteTests() : GateTests(new SqliteTestDatabase());

public sealed class GateOnPostgresTests(PostgresServer server) : GateTests(new PostgresTestDatabase(server));

/// <summary>The gate on a node that judges: objectives, alerts, freezes and calendars are real; only the clock is ours.</summary>
public abstract class GateTests(TestDatabase database) : IAsyncDisposable
{
    private const string Slo = """
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: orders}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]GATE}
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: orders-answers}
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.99}]
          indicator:
            metadata: {name: orders-answered}
            spec: {ratioMetric: {counter: true, rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [orders]}}}}}
        """;

    private static readonly Actor Ada = new(ActorKind.User, "ada");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private AuditTrail _audit = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    [Fact]
    public async Task DecideAsync_BudgetIsWhole_AllowsWithTheFigures()
    {
        await using var node = await NodeAsync("");
        await node.CallsAsync(TimeSpan.FromMinutes(10), 100, 0);

        var decision = await Gate(node).DecideAsync(new GateRequest { Service = "orders", Change = "CHG-1" }, Ada, Cancel);

        Assert.True(decision.Allowed);
        Assert.Equal("Allowed: nothing speaks against a release of orders.", decision.Summary);
        Assert.Empty(decision.Reasons);
        var figures = Assert.Single(decision.Objectives);
        Assert.Equal(("orders-answers", "ok", 0.99, 1.0, 0.0), (figures.Id, figures.State, figures.Target, figures.BudgetLeft, figures.Burn));
        Assert.Equal(432, figures.BudgetLeftMinutes!.Value, 6);
    }

    [Fact]
    public async Task DecideAsync_BudgetIsUsedUpAndBurns_DeniesWithEveryReasonAndLetsRepairsThrough()
    {
        await using var node = await NodeAsync("");
        await node.CallsAsync(TimeSpan.FromMinutes(10), 100, 0.2);

        var decision = await Gate(node).DecideAsync(new GateRequest { Service = "orders" }, Ada, Cancel);

        Assert.False(decision.Allowed);
        Assert.Contains(decision.Reasons, r => r is { Code: "budget", Effect: GateEffect.Deny } && r.Text.Contains("-1,900 % of the error budget is left", StringComparison.Ordinal) && r.Text.Contains("used up", StringComparison.Ordinal));
        Assert.Contains(decision.Reasons, r => r is { Code: "burn", Effect: GateEffect.Deny } && r.Text.Contains("20 times as fast as it may", StringComparison.Ordinal));
        Assert.Contains(decision.Reasons, r => r is { Code: "alert", Effect: GateEffect.Deny } && r.Text.StartsWith("A page fires for orders-answers since 2026-03-02 09:", StringComparison.Ordinal));
        Assert.Contains(decision.Reasons, r => r is { Code: "alert", Effect: GateEffect.Warn } && r.Text.StartsWith("A ticket", StringComparison.Ordinal));
        Assert.Equal(GateEffect.Deny, decision.Reasons[0].Effect);

        var repair = await Gate(node).DecideAsync(new GateRequest { Service = "orders", Priority = ReleasePriority.P0 }, Ada, Cancel);
        Assert.True(repair.Allowed);
        Assert.DoesNotContain(repair.Reasons, r => r.Effect == GateEffect.Deny);
        Assert.Equal("Allowed for its priority (p0): 3 reasons would deny another release of orders.", repair.Summary);
    }

    [Fact]
    public async Task DecideAsync_PolicyOfTheService_Decides()
    {
        await using var node = await NodeAsync(", gate: {minBudgetLeft: 90, maxBurn: 0, alerts: []}");
        await node.CallsAsync(TimeSpan.FromMinutes(10), 1000, 0.002);
        var decision = await Gate(node).DecideAsync(new GateRequest { Service = "orders" }, Ada, Cancel);
        Assert.Equal(["budget"], decision.Reasons.Where(r => r.Effect == GateEffect.Deny).Select(r => r.Code));
        Assert.Contains("80 % of the error budget is left (345.6 minutes of outage; target 99 %): 90 % must be left.", decision.Reasons[0].Text, StringComparison.Ordinal);
    }

    // 99 % of 60,000 calls: 600 may fail. The last of them uses the budget up, and not less.
    [Theory]
    [InlineData(599, false)]
    [InlineData(600, true)]
    public async Task DecideAsync_DefaultMinBudgetLeft_DeniesWhenNothingIsLeft(int failed, bool denies)
    {
        await using var node = await NodeAsync("");
        await node.CallsAsync(TimeSpan.FromSeconds(590), 1000, 0);
        await node.CallsAsync(TimeSpan.FromSeconds(10), 1000, failed / 1000.0);

        var reasons = (await Gate(node).DecideAsync(new GateRequest { Service = "orders" }, Ada, Cancel)).Reasons;

        Assert.Equal(denies, reasons.Any(r => r is { Code: "budget", Effect: GateEffect.Deny }));
    }

    [Theory]
    [InlineData(0.06, false)]
    [InlineData(0.061, true)]
    public async Task DecideAsync_DefaultMaxBurn_DeniesAboveSix(double errors, bool denies)
    {
        await using var node = await NodeAsync("");
        await node.CallsAsync(TimeSpan.FromMinutes(10), 1000, errors);

        var reasons = (await Gate(node).DecideAsync(new GateRequest { Service = "orders" }, Ada, Cancel)).Reasons;

        Assert.Equal(denies, reasons.Any(r => r is { Code: "burn", Effect: GateEffect.Deny }));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(", gate: {alerts: [page, ticket]}", false)]
    [InlineData(", gate: {alerts: [ticket]}", false)]
    public async Task DecideAsync_ATicketFires_DeniesWhereThePolicySaysSo(string gate, bool allowed)
    {
        await using var node = await NodeAsync(gate);
        await node.CallsAsync(TimeSpan.FromMinutes(10), 100, 0);
        await node.Alerts.FireAsync(
            new Alert
            {
                Id = "alert_orders-answers_ticket_1", Objective = "orders-answers", Slo = "orders-answers", Service = "orders", Severity = AlertSeverity.Ticket, FiredAt = _time.GetUtcNow(), ImpactStart = _time.GetUtcNow(),
                Condition = "1x over 3d and 6h", Burn = 1.2, BudgetLeft = 0.5, Summary = "Some orders fail.",
            }, Cancel);

        var decision = await Gate(node).DecideAsync(new GateRequest { Service = "orders" }, Ada, Cancel);

        Assert.Equal(allowed, decision.Allowed);
        var reason = Assert.Single(decision.Reasons);
        Assert.Equal(("alert", allowed ? GateEffect.Warn : GateEffect.Deny), (reason.Code, reason.Effect));
    }

    [Fact]
    public async Task DecideAsync_Override_IsAuditedAndToldOfAndSaysBoth()
    {
        await using var node = await NodeAsync("");
        await node.CallsAsync(TimeSpan.FromMinutes(10), 100, 0.2);

        var decision = await Gate(node).DecideAsync(new GateRequest { Service = "orders", Change = "CHG-2", Override = "stops the double charges" }, Ada, Cancel);

        Assert.True(decision.Allowed);
        Assert.Equal(("ada", "stops the double charges"), (decision.OverriddenBy, decision.OverrideReason));
        Assert.Contains(decision.Reasons, r => r.Effect == GateEffect.Deny);
        var row = Assert.Single(await _audit.ListAsync(new AuditQuery(), Cancel));
        Assert.Equal(("delivery.gate_override", "service/orders", "ada"), (row.Action, row.Target, row.Actor));
        Assert.Contains("stops the double charges", row.After, StringComparison.Ordinal);
        Assert.Equal("CHG-2", Assert.Single(await node.Events.ListAsync(new EventQuery { Type = Tidegate.Operations.Delivery.Gate.Overridden }, Cancel)).Data!["change"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("", true, GateEffect.Warn)]
    [InlineData(", gate: {noData: deny}", false, GateEffect.Deny)]
    public async Task DecideAsync_NoData_IsSaidAndDecidedByThePolicy(string gate, bool allowed, GateEffect effect)
    {
        await using var node = await NodeAsync(gate);

        var decision = await Gate(node).DecideAsync(new GateRequest { Service = "orders" }, Ada, Cancel);

        Assert.Equal(allowed, decision.Allowed);
        var reason = Assert.Single(decision.Reasons);
        Assert.Equal(("no_data", effect), (reason.Code, reason.Effect));
        Assert.Contains("no data is not good", reason.Text, StringComparison.Ordinal);
        await Releases(node).StartAsync(new ReleaseRequest { Service = "elsewhere", Version = "v2", Change = "CHG-1" }, Ada, Cancel);
        var unpromised = Assert.Single((await Gate(node).DecideAsync(new GateRequest { Service = "elsewhere", Change = "CHG-1" }, Ada, Cancel)).Reasons);
        Assert.Equal(("no_objective", GateEffect.Warn, "No objective is promised for elsewhere: nothing is known of its budget."), (unpromised.Code, unpromised.Effect, unpromised.Text));
    }

    [Theory]
    [InlineData("", true, GateEffect.Warn, "That alone denies no release (noData: allow).")]
    [InlineData(", gate: {noData: deny}", false, GateEffect.Deny, "No release until it is read (noData: deny).")]
    public async Task DecideAsync_HistoryIsBeingRead_SaysThatAndNotThatThereIsNone(string gate, bool allowed, GateEffect effect, string means)
    {
        const string past = "Its past is being read: it is there since 2026-03-01 09:00:00Z, and wanted since 2026-01-31 09:00:00Z.";
        await using var node = await NodeAsync(gate);
        await node.CallsAsync(TimeSpan.FromMinutes(1), 100, 0);
        var state = node.Book.States["orders-answers"];

        state.Judge(_time.GetUtcNow(), null, past, null);
        var part = await Gate(node).DecideAsync(new GateRequest { Service = "orders" }, Ada, Cancel);
        state.Wait(StatusOf.Unread(state.Objective, _time.GetUtcNow(), ""));
        var nothing = await Gate(node).DecideAsync(new GateRequest { Service = "orders" }, Ada, Cancel);

        Assert.Equal((allowed, "reading"), (part.Allowed, Assert.Single(part.Objectives).State));
        Assert.Equal([("reading", effect, $"The history of orders-answers is still being read: its budget is that of the part which is there. {means} {past}")], part.Reasons.Select(r => (r.Code, r.Effect, r.Text)));
        Assert.Equal(allowed, nothing.Allowed);
        Assert.Equal([("reading", effect, $"The history of orders-answers is still being read: nothing is known of its budget yet. {means}")], nothing.Reasons.Select(r => (r.Code, r.Effect, r.Text)));
    }

    [Fact]
    public async Task DecideAsync_FreezesAndCalendars_DenyWithTheirReasonInTheirZoneAndKnowExceptions()
    {
        // 10:00 on a Monday in Berlin; the calendar of others and the one that is over do not hold.
        await using var node = await NodeAsync("", """

            ---
            apiVersion: tidegate/v1
            kind: FreezeCalendar
            metadata: {name: mondays}
            spec: {reason: Nobody is there yet., services: [orders], exceptions: [security], windows: [{cron: "0 9 * * MON", duration: 3h, zone: Europe/Berlin}]}
            ---
            apiVersion: tidegate/v1
            kind: FreezeCalendar
            metadata: {name: over}
            spec: {reason: It was., windows: [{cron: "0 6 * * MON", duration: 3h, zone: Europe/Berlin}]}
            """);
        await node.CallsAsync(TimeSpan.FromMinutes(1), 100, 0);
        var freezes = Freezes(node);
        await freezes.StartAsync(new FreezeRequest { Service = "orders", Reason = "budget used up", Evidence = "orders-answers: -3 %" }, Ada, Cancel);
        await freezes.StartAsync(new FreezeRequest { Service = "stock", Reason = "another one" }, Ada, Cancel);

        var decision = await Gate(node).DecideAsync(new GateRequest { Service = "orders" }, Ada, Cancel);
        Assert.Equal(
            [
                ("freeze", GateEffect.Deny, "orders is frozen since 2026-03-02 09:01Z by ada: budget used up (orders-answers: -3 %); only p0 and security may be released."),
                ("calendar", GateEffect.Deny, "FreezeCalendar/mondays freezes from 2026-03-02 09:00 until 2026-03-02 12:00 (Europe/Berlin): Nobody is there yet.; only security may be released."),
            ],
            decision.Reasons.Select(r => (r.Code, r.Effect, r.Text)));
        Assert.False((await Gate(node).DecideAsync(new GateRequest { Service = "orders", Priority = ReleasePriority.P0 }, Ada, Cancel)).Allowed);
        Assert.True((await Gate(node).DecideAsync(new GateRequest { Service = "orders", Priority = ReleasePriority.Security }, Ada, Cancel)).Allowed);
    }

    [Fact]
    public async Task DecideAsync_IncidentIsOpen_DeniesUntilItIsClosed()
    {
        await using var node = await NodeAsync("");
        await node.CallsAsync(TimeSpan.FromMinutes(1), 100, 0);
        var incidents = Incidents(node);
        var opened = await incidents.OpenAsync(new IncidentRequest { Title = "Orders are slow", Severity = IncidentSeverity.Sev2, Services = ["orders"] }, Ada, Cancel);

        var decision = await Gate(node).DecideAsync(new GateRequest { Service = "orders" }, Ada, Cancel);
        Assert.Equal([("incident", GateEffect.Deny, "inc_1 (sev2) is open since 2026-03-02 09:01Z: Orders are slow.")], decision.Reasons.Select(r => (r.Code, r.Effect, r.Text)));
        Assert.True((await Gate(node).DecideAsync(new GateRequest { Service = "orders", Priority = ReleasePriority.P0 }, Ada, Cancel)).Allowed);
        await incidents.CloseAsync(opened.Incident.Id, null, Ada, Cancel);
        Assert.Empty((await Gate(node).DecideAsync(new GateRequest { Service = "orders" }, Ada, Cancel)).Reasons);
    }

    [Fact]
    public async Task DecideAsync_MandatoryPostMortemIsDue_WarnsUntilItIsWritten()
    {
        await using var node = await NodeAsync("");
        await node.CallsAsync(TimeSpan.FromMinutes(1), 100, 0);
        var (incidents, postMortems) = (Incidents(node), PostMortems(node));
        foreach (var service in new[] { "orders", "stock" })
        {
            var opened = (await incidents.OpenAsync(new IncidentRequest { Title = "They fail.", Services = [service] }, Ada, Cancel)).Incident.Id;
            await incidents.CloseAsync(opened, null, Ada, Cancel);
            await postMortems.RequireAsync(opened, "data was lost", Ada, Cancel);
        }

        var decision = await Gate(node).DecideAsync(new GateRequest { Service = "orders" }, Ada, Cancel);
        Assert.True(decision.Allowed);
        Assert.Equal([("postmortem", GateEffect.Warn, "The post-mortem of inc_1 (They fail) is mandatory and due: data was lost.")], decision.Reasons.Select(r => (r.Code, r.Effect, r.Text)));

        await postMortems.AddAsync("inc_1", new ActionItemRequest { Title = "copies of everything", Priority = ActionPriority.P0 }, Ada, Cancel);
        await postMortems.WriteAsync("inc_1", "There was one copy.", Ada, Cancel);
        Assert.Empty((await Gate(node).DecideAsync(new GateRequest { Service = "orders" }, Ada, Cancel)).Reasons);
    }

    [Fact]
    public async Task DecideAsync_AnotherReleaseIsUnderWay_Warns()
    {
        await using var node = await NodeAsync("");
        await node.CallsAsync(TimeSpan.FromMinutes(1), 100, 0);
        var release = await Releases(node).StartAsync(new ReleaseRequest { Service = "orders", Version = "v2", Change = "CHG-1" }, Ada, Cancel);

        Assert.Empty((await Gate(node).DecideAsync(new GateRequest { Service = "orders", Change = "CHG-1" }, Ada, Cancel)).Reasons);
        var decision = await Gate(node).DecideAsync(new GateRequest { Service = "orders", Change = "CHG-2" }, Ada, Cancel);
        Assert.Equal(("release", release.Id, true), (Assert.Single(decision.Reasons).Code, decision.Reasons[0].About, decision.Allowed));
    }

    [Fact]
    public async Task DecideAsync_AnAlertFromOutsideNamesTheService_DeniesAsAnAlertOfOurOwn()
    {
        await using var node = await NodeAsync("");
        await node.CallsAsync(TimeSpan.FromMinutes(10), 100, 0);
        await TellAsync(node, "orders", AlertSeverity.Ticket, OutsideWord.Fires);
        await TellAsync(node, "stock", AlertSeverity.Page, OutsideWord.Fires);
        var warned = await Gate(node).DecideAsync(new GateRequest { Service = "orders" }, Ada, Cancel);
        Assert.Equal((true, "alert", GateEffect.Warn), (warned.Allowed, Assert.Single(warned.Reasons).Code, warned.Reasons[0].Effect));

        await TellAsync(node, "orders", AlertSeverity.Page, OutsideWord.Fires);
        var denied = await Gate(node).DecideAsync(new GateRequest { Service = "orders" }, Ada, Cancel);
        Assert.False(denied.Allowed);
        Assert.Equal("A page fires for DiskFull (told by alertmanager) since 2026-03-02 09:10:00Z: 97 % of /var.", Assert.Single(denied.Reasons, r => r.Effect == GateEffect.Deny).Text);

        await TellAsync(node, "orders", AlertSeverity.Page, OutsideWord.Ended);
        Assert.True((await Gate(node).DecideAsync(new GateRequest { Service = "orders" }, Ada, Cancel)).Allowed);
    }

    [Fact]
    public async Task DecideAsync_CanaryOfAPromisedService_SaysForWhichToAsk()
    {
        await using var node = await NodeAsync("", """

            ---
            {apiVersion: tidegate/v1, kind: Service, metadata: {name: orders-next}, spec: {destinations: [{address: "http://127.0.0.1:9"}]}}
            ---
            {apiVersion: tidegate/v1, kind: Route, metadata: {name: shop}, spec: {match: {path: /shop}, split: [{service: orders, weight: 95}, {service: orders-next, weight: 5}]}}
            """);

        var decision = await Gate(node).DecideAsync(new GateRequest { Service = "orders-next" }, Ada, Cancel);

        Assert.Equal(
            "No objective is promised for orders-next: nothing is known of its budget. It shares the calls of Route/shop with orders, for which there are objectives: ask for that one, too.",
            Assert.Single(decision.Reasons).Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("it has to be")]
    public async Task DecideAsync_ServiceThatNobodyKnows_IsRefusedWithTheOneThatMayBeMeant(string? why)
    {
        await using var node = await NodeAsync("");
        await Freezes(node).StartAsync(new FreezeRequest { Service = "ordres", Reason = "as a policy would" }, Ada, Cancel);

        var problem = (await Assert.ThrowsAsync<ProblemException>(() => Gate(node).DecideAsync(new GateRequest { Service = "ordres", Override = why }, Ada, Cancel))).Problem;

        Assert.Equal((404, "service ordres", "There is no service ordres. Neither the configuration nor a release names it. Did you mean \"orders\"?"), (problem.Status, problem.Resource, problem.Detail));
        Assert.Contains("tidegate release start", problem.Action, StringComparison.Ordinal);
        Assert.DoesNotContain(await _audit.ListAsync(new AuditQuery(), Cancel), row => row.Action == "delivery.gate_override");
    }

    [Theory]
    [InlineData("group")] // OpenSLO's Service
    [InlineData("named")] // only an SLO names it
    public async Task DecideAsync_ServiceThatOnlyOpenSloKnows_IsKnown(string service)
    {
        await using var node = await NodeAsync("", "\n---\n{apiVersion: openslo/v1, kind: Service, metadata: {name: group}}\n---\n" + Slo.Split("---\n")[1].Replace("{name: orders-answers}", "{name: other, annotations: {tidegate/forgiven: unknown_service}}", StringComparison.Ordinal)
            .Replace("orders-answered", "other-answered", StringComparison.Ordinal).Replace("service: orders\n", "service: named\n", StringComparison.Ordinal));
        Assert.True((await Gate(node).DecideAsync(new GateRequest { Service = service }, Ada, Cancel)).Allowed);
    }

    [Theory]
    [InlineData("", null, "service")]
    [InlineData("orders", " ", "override")]
    public async Task DecideAsync_MakesNoSense_IsRefusedWithTheKey(string service, string? why, string path)
    {
        await using var node = await NodeAsync("");
        Assert.Equal(path, (await Assert.ThrowsAsync<ProblemException>(() => Gate(node).DecideAsync(new GateRequest { Service = service, Override = why }, Ada, Cancel))).Problem.Path);
    }

    [Fact]
    public async Task DecideAsync_NodeHasJustStarted_SaysThatItCannotSay()
    {
        await using var node = await NodeAsync("");

        var problem = (await Assert.ThrowsAsync<ProblemException>(() => Gate(node, new ObjectiveBook([])).DecideAsync(new GateRequest { Service = "orders" }, Ada, Cancel))).Problem;

        Assert.Equal(503, problem.Status);
        Assert.Contains("has judged no objective yet", problem.Detail, StringComparison.Ordinal);
    }

    private async Task<ObjectiveNode> NodeAsync(string gate, string more = "")
    {
        var node = await ObjectiveNode.StartAsync(database, _time, Slo.Replace("GATE", gate, StringComparison.Ordinal) + more);
        _audit = new AuditTrail(node.Store, new AnchorFile(database.Directory.Path), _time, NullLogger<AuditTrail>.Instance);
        return node;
    }

    private InboundAlertStore Outside(ObjectiveNode node) => new(node.Store, node.Events, new InboundAlertCounts(_time), _time, NullLogger<InboundAlertStore>.Instance);

    private Task TellAsync(ObjectiveNode node, string service, AlertSeverity severity, OutsideWord word) => Outside(node).TakeAsync(
        [
            new OutsideAlert
            {
                Origin = "alertmanager", Word = word, Fingerprint = $"{service}/{severity}".PadRight(32, '.'), Labels = new Dictionary<string, string> { ["alertname"] = "DiskFull", ["service"] = service }, Severity = severity,
                Title = "DiskFull", Summary = "97 % of /var.", StartsAt = _time.GetUtcNow(), HoldsUntil = _time.GetUtcNow().AddHours(1),
            },
        ],
        Cancel);

    private Freezes Freezes(ObjectiveNode node) => new(node.Store, _audit, node.Events, _time);

    private IncidentStore Incidents(ObjectiveNode node) => new(node.Store, _audit, node.Events, new ObjectiveReader(node.Book, null!, null!, null!), new AlertList(node.Alerts, []), [], new NotificationStore(node.Store, _audit, new OutboxSignal(), _time), _time);

    private PostMortemStore PostMortems(ObjectiveNode node) => new(node.Store, _audit, node.Events, Incidents(node), _time);

    private ReleaseStore Releases(ObjectiveNode node) => new(node.Store, _audit, node.Events, _time);

    private Gate Gate(ObjectiveNode node, ObjectiveBook? book = null)
    {
        var objectives = new ObjectiveReader(book ?? node.Book, null!, null!, null!);
        IGateCheck[] checks = [new ObjectiveCheck(objectives), new AlertCheck(new AlertList(node.Alerts, [Outside(node)])), new IncidentCheck(Incidents(node)), new FreezeCheck(Freezes(node)), new CalendarCheck(), new PostMortemCheck(Incidents(node), PostMortems(node)), new ReleaseUnderWayCheck(Releases(node))];
        return new Gate(checks, objectives, new KnownServices(node.Source, [new ReleasedServices(Releases(node))]), node.Source, node.Store, _audit, node.Events, _time);
    }
}
