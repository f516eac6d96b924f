using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Insight.InboundAlerts;
using Tidegate.Insight.InboundAlerts.Intake;
using Tidegate.Insight.Incidents;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Platform.ConfigStore;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Incidents;

public sealed class IncidentStoreOnSqliteTests() : IncidentStoreTests(new SqliteTestDatabase());

public sealed class IncidentStoreOnPostgresTests(PostgresServer server) : IncidentStoreTests(new PostgresTestDatabase(server));

public abstract class IncidentStoreTests(TestDatabase database) : IAsyncLifetime
{
    private static readonly Actor Policy = Actor.System("policy/orders");
    private static readonly IncidentRequest Request = new() { Title = "orders fail", Severity = IncidentSeverity.Sev2, Services = ["orders"], Objectives = ["orders-work"], Alerts = ["alert_1"] };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    [Fact]
    public async Task OpenAsync_Incident_IsThereAfterARestartWithItsNotesUntilItIsClosed()
    {
        string id;
        await using (var node = await IncidentNode.StartAsync(database, _time))
        {
            id = (await node.Store.OpenAsync(Request, ConfigNode.Ada, Cancel)).Incident.Id;
            await node.Store.NoteAsync(id, "the database is full", ConfigNode.Ada, Cancel);
        }

        await using var next = await IncidentNode.StartAsync(database, _time);
        var open = Assert.Single(await next.Store.ListAsync(all: false, "orders", null, 10, Cancel));
        Assert.Equal(("inc_1", "orders fail", IncidentSeverity.Sev2, "ada"), (open.Id, open.Title, open.Severity, open.OpenedBy));
        Assert.Equal("the database is full", Assert.Single((await next.Store.FindAsync(id, Cancel))!.Notes).Text);
        Assert.Empty(await next.Store.ListAsync(all: false, "order", null, 10, Cancel));

        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.NotNull(await next.Store.CloseAsync(id, "room was made", ConfigNode.Ada, Cancel));
        Assert.Null(await next.Store.CloseAsync(id, null, ConfigNode.Ada, Cancel));
        Assert.Empty(await next.Store.ListAsync(all: false, null, null, 10, Cancel));
        var closed = (await next.Store.FindAsync(id, Cancel))!;
        Assert.Equal((_time.GetUtcNow(), "ada", "room was made"), (closed.ClosedAt!.Value, closed.ClosedBy, closed.Notes[^1].Text));
        Assert.Equal([IncidentStore.Closed, IncidentStore.Opened], (await next.Events.ListAsync(new EventQuery { Subject = "incident/inc_1" }, Cancel)).Select(e => e.Type));
        Assert.Equal(["incidents.close", "incidents.note", "incidents.open"], (await next.Audit.ListAsync(new AuditQuery(), Cancel)).Select(r => r.Action));
        Assert.Equal("inc_2", (await next.Store.OpenAsync(Request, ConfigNode.Ada, Cancel)).Incident.Id);
    }

    [Fact]
    public async Task OpenAsync_PagesFromOutsideForItsServices_AreAmongItsAlerts()
    {
        await using var node = await IncidentNode.StartAsync(database, _time);
        await node.Outside.TakeAsync([Told('a', "orders"), Told('b', "stock"), Told('c', ""), Told('d', "orders") with { Severity = AlertSeverity.Ticket }], Cancel);

        var opened = (await node.Store.OpenAsync(Request, Policy, Cancel)).Incident;
        var joined = (await node.Store.OpenAsync(Request with { Services = ["stock"] }, ConfigNode.Ada, Cancel)).Incident;

        Assert.Equal(("alert_1", 2), (opened.Alerts[0], opened.Alerts.Count));
        Assert.StartsWith("inbound_aaaa", opened.Alerts[1], StringComparison.Ordinal);
        Assert.Equal(_time.GetUtcNow(), opened.ImpactStart);
        Assert.Equal(["inbound_bbbb"], joined.Alerts.Except(opened.Alerts, StringComparer.Ordinal).Select(a => a[..12]));
        Assert.Empty((await node.Store.OpenAsync(new IncidentRequest { Title = "of no service", Objectives = ["other"] }, ConfigNode.Ada, Cancel)).Incident.Alerts);

        OutsideAlert Told(char print, string service) => new()
        {
            Origin = "alertmanager", Word = OutsideWord.Fires, Fingerprint = new string(print, 32), StartsAt = _time.GetUtcNow().AddDays(-3), HoldsUntil = _time.GetUtcNow().AddHours(1),
            Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["service"] = service },
        };
    }

    [Fact]
    public async Task Outside_PageThatBeginsLater_IsAmongTheAlertsOfTheOpenIncidentOnce()
    {
        await using var node = await IncidentNode.StartAsync(database, _time);
        var closed = (await node.Store.OpenAsync(Request with { Objectives = [] }, ConfigNode.Ada, Cancel)).Incident.Id;
        await node.Store.CloseAsync(closed, null, ConfigNode.Ada, Cancel);
        var open = (await node.Store.OpenAsync(Request, ConfigNode.Ada, Cancel)).Incident.Id;
        await node.Outside.TakeAsync([Told('a', "orders"), Told('b', "stock"), Told('c', "orders") with { Severity = AlertSeverity.Ticket }], Cancel);

        var pages = new LaterPages(node.Store);
        foreach (var happened in (await node.Events.ListAsync(new EventQuery { Type = InboundAlertStore.Fired }, Cancel)).Reverse())
        {
            Assert.True(pages.Wants(happened.Type));
            await pages.HandleAsync(happened, Cancel);
            await pages.HandleAsync(happened, Cancel);
        }

        var found = (await node.Store.FindAsync(open, Cancel))!;
        Assert.Equal(["alert_1", "inbound_aaaa"], found.Alerts.Select(a => a.Length > 12 ? a[..12] : a));
        Assert.Equal([found.Alerts[1]], found.Firing);
        Assert.Equal(["alert_1"], (await node.Store.FindAsync(closed, Cancel))!.Alerts);
        Assert.Equal(IncidentStore.Joined, (await node.Events.ListAsync(new EventQuery { Subject = $"incident/{open}" }, Cancel))[0].Type);

        OutsideAlert Told(char print, string service) => new()
        {
            Origin = "alertmanager", Word = OutsideWord.Fires, Fingerprint = new string(print, 32), StartsAt = _time.GetUtcNow(), HoldsUntil = _time.GetUtcNow().AddHours(1),
            Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["service"] = service },
        };
    }

    [Fact]
    public async Task Own_PageThatBeginsLater_JoinsWhatAPersonOpenedForItsServiceOrItsObjectiveOnce()
    {
        await using var node = await IncidentNode.StartAsync(database, _time);
        var ofService = (await node.Store.OpenAsync(Request with { Objectives = [], Alerts = [] }, ConfigNode.Ada, Cancel)).Incident.Id;
        _time.Advance(TimeSpan.FromMinutes(3));
        await TellAsync("alert_9", AlertSeverity.Page);
        await TellAsync("alert_10", AlertSeverity.Ticket);

        var found = (await node.Store.FindAsync(ofService, Cancel))!;
        Assert.Equal((_time.GetUtcNow().AddMinutes(-5), "orders-work", "alert_9"), (found.ImpactStart, Assert.Single(found.Objectives), Assert.Single(found.Alerts)));
        Assert.Equal(["alert_9"], found.Firing);
        Assert.Equal([IncidentStore.Joined, IncidentStore.Opened], (await node.Events.ListAsync(new EventQuery { Subject = $"incident/{ofService}" }, Cancel)).Select(e => e.Type));

        await node.Store.CloseAsync(ofService, null, ConfigNode.Ada, Cancel);
        var ofAnother = (await node.Store.OpenAsync(Request with { Objectives = ["stock-is-there"], Alerts = [] }, ConfigNode.Ada, Cancel)).Incident.Id;
        var ofObjective = (await node.Store.OpenAsync(Request with { Services = [], Alerts = [] }, ConfigNode.Ada, Cancel)).Incident.Id;
        await TellAsync("alert_11", AlertSeverity.Page);
        Assert.Empty((await node.Store.FindAsync(ofAnother, Cancel))!.Alerts);
        Assert.Equal(["alert_11"], (await node.Store.FindAsync(ofObjective, Cancel))!.Alerts);
        Assert.Equal(["alert_9"], (await node.Store.FindAsync(ofService, Cancel))!.Alerts);

        async Task TellAsync(string id, AlertSeverity severity)
        {
            var page = new Alert
            {
                Id = id, Objective = "orders-work", Slo = "orders-work", Service = "orders", Severity = severity, FiredAt = _time.GetUtcNow(), ImpactStart = _time.GetUtcNow().AddMinutes(-5),
                Condition = "14.4x over 1h and 5m", Burn = 20, BudgetLeft = 0.5, Summary = "2 % not good",
            };
            await node.Objectives.Alerts.FireAsync(page, Cancel);
            await node.Objectives.Alerts.AnnounceAsync(page with { Evidence = new AlertEvidence() }, Cancel);
            var pages = new LaterPages(node.Store);
            var told = (await node.Events.ListAsync(new EventQuery { Type = AlertStore.Fired }, Cancel))[0];
            Assert.True(pages.Wants(told.Type));
            await pages.HandleAsync(told, Cancel);
            await pages.HandleAsync(told, Cancel);
        }
    }

    [Fact]
    public async Task AcknowledgeAsync_UntilItIsClosed_ItsAlertsAreHeardOf()
    {
        await using var node = await IncidentNode.StartAsync(database, _time);
        var heard = new AcknowledgedIncidents(node.Objectives.Store);
        var id = (await node.Store.OpenAsync(Request, Policy, Cancel)).Incident.Id;
        await node.Store.OpenAsync(Request with { Services = ["stock"], Objectives = ["stock-is-there"], Alerts = ["alert_2"] }, Policy, Cancel);
        Assert.Empty(await heard.ListAsync(Cancel));

        await node.Store.AcknowledgeAsync(id, ConfigNode.Ada, Cancel);
        Assert.Equal(["alert_1"], await heard.ListAsync(Cancel));

        await node.Store.CloseAsync(id, null, ConfigNode.Ada, Cancel);
        Assert.Empty(await heard.ListAsync(Cancel));
    }

    [Fact]
    public async Task AcknowledgeAsync_TheFirst_HoldsWithTheTimeOfTheFirstMessage_AndIsAudited()
    {
        await using var node = await IncidentNode.StartAsync(database, _time);
        var id = (await node.Store.OpenAsync(Request with { Alerts = ["alert_1", "alert_2"] }, Policy, Cancel)).Incident.Id;
        await node.SentAsync("alert_2", _time.GetUtcNow().AddMinutes(1));
        await node.SentAsync("alert_1", _time.GetUtcNow().AddMinutes(2));
        await node.SentAsync("another", _time.GetUtcNow());
        _time.Advance(TimeSpan.FromMinutes(5));
        var at = _time.GetUtcNow();

        await node.Store.AcknowledgeAsync(id, ConfigNode.Ada, Cancel);
        _time.Advance(TimeSpan.FromMinutes(5));
        await node.Store.AcknowledgeAsync(id, Policy, Cancel);

        var found = (await node.Store.FindAsync(id, Cancel))!;
        Assert.Equal((at.AddMinutes(-4), at, "ada"), (found.NotifiedAt!.Value, found.AcknowledgedAt!.Value, found.AcknowledgedBy));
        Assert.Equal([IncidentStore.Acknowledged, IncidentStore.Opened], (await node.Events.ListAsync(new EventQuery { Subject = $"incident/{id}" }, Cancel)).Select(e => e.Type));
        Assert.Equal(["incidents.acknowledge", "incidents.open"], (await node.Audit.ListAsync(new AuditQuery(), Cancel)).Select(r => r.Action));
        Assert.Contains(await new IncidentTimeline(node.Events, [], _time).OfAsync(found, Cancel), e => e is { Author: "ada", Text: "incidents.acknowledged: ada takes care of it." });
        Assert.Null(await node.Store.AcknowledgeAsync("inc_77", ConfigNode.Ada, Cancel));
        await node.Store.CloseAsync(id, null, ConfigNode.Ada, Cancel);
        var other = (await node.Store.OpenAsync(Request, Policy, Cancel)).Incident.Id;
        await node.Store.CloseAsync(other, null, ConfigNode.Ada, Cancel);
        Assert.Equal("incident_closed", (await Assert.ThrowsAsync<ProblemException>(() => node.Store.AcknowledgeAsync(other, ConfigNode.Ada, Cancel))).Problem.Code);
    }

    [Fact]
    public async Task ListAsync_OfAService_FillsThePageWithItsOwnAlone()
    {
        await using var node = await IncidentNode.StartAsync(database, _time);
        foreach (var service in new[] { "api", "käse & co", "api-gateway" }) await node.Store.OpenAsync(new IncidentRequest { Title = service, Services = [service] }, ConfigNode.Ada, Cancel);

        Assert.Equal("api", Assert.Single(await node.Store.ListAsync(all: true, "api", null, 1, Cancel)).Title);
        Assert.Equal("käse & co", Assert.Single(await node.Store.ListAsync(all: true, "käse & co", null, 1, Cancel)).Title);
    }

    [Fact]
    public async Task OpenAsync_TheSameCauseAgain_JoinsTheOpenOneAndTheWorseSeverityHolds()
    {
        await using var node = await IncidentNode.StartAsync(database, _time);
        await node.Store.OpenAsync(Request, ConfigNode.Ada, Cancel);

        var joined = await node.Store.OpenAsync(Request with { Title = "again", Severity = IncidentSeverity.Sev1, Services = ["stock"], Alerts = ["alert_2"], ImpactStart = _time.GetUtcNow().AddMinutes(-20) }, Policy, Cancel);
        var byService = await node.Store.OpenAsync(new IncidentRequest { Title = "a person saw it, too", Services = ["orders"] }, ConfigNode.Ada, Cancel);
        var other = await node.Store.OpenAsync(Request with { Title = "another objective", Objectives = ["orders-fast"] }, Policy, Cancel);

        Assert.Equal(("inc_1", false, IncidentSeverity.Sev1, "orders fail", _time.GetUtcNow().AddMinutes(-20)), (joined.Incident.Id, joined.IsNew, joined.Incident.Severity, joined.Incident.Title, joined.Incident.ImpactStart));
        Assert.Equal(["alert_1", "alert_2"], joined.Incident.Alerts);
        Assert.Equal(["orders", "stock"], joined.Incident.Services);
        Assert.Equal(("inc_1", IncidentSeverity.Sev1), (byService.Incident.Id, byService.Incident.Severity));
        Assert.Equal(("inc_2", true), (other.Incident.Id, other.IsNew));
    }

    [Fact]
    public async Task OpenAsync_TheSameKeyAgain_IsTheSameIncidentEvenWhenAPersonHasClosedIt()
    {
        await using var node = await IncidentNode.StartAsync(database, _time);
        var first = await node.Store.OpenAsync(Request with { Key = "orders/low/1" }, Policy, Cancel);
        await node.Store.CloseAsync(first.Incident.Id, null, ConfigNode.Ada, Cancel);

        var again = await node.Store.OpenAsync(Request with { Key = "orders/low/1" }, Policy, Cancel);
        var next = await node.Store.OpenAsync(Request with { Key = "orders/low/2" }, Policy, Cancel);

        Assert.Equal((first.Incident.Id, false), (again.Incident.Id, again.IsNew));
        Assert.Equal(("inc_2", true), (next.Incident.Id, next.IsNew));
    }

    [Fact]
    public async Task FindAsync_BudgetUsed_IsWhatWasBadWhileItLasted()
    {
        await using var node = await IncidentNode.StartAsync(database, _time);
        await node.Objectives.CallsAsync(TimeSpan.FromMinutes(50), 100, 0);
        var start = _time.GetUtcNow();
        await node.Objectives.CallsAsync(TimeSpan.FromMinutes(10), 100, 0.02);
        var opened = await node.Store.OpenAsync(Request with { ImpactStart = start }, Policy, Cancel);
        _time.Advance(TimeSpan.FromSeconds(1));
        await node.Store.CloseAsync(opened.Incident.Id, null, Policy, Cancel);
        await node.Objectives.CallsAsync(TimeSpan.FromMinutes(5), 100, 0);
        await node.Objectives.CallsAsync(TimeSpan.FromMinutes(5), 100, 0.01);

        var used = Assert.Single((await node.Store.FindAsync(opened.Incident.Id, Cancel))!.BudgetUsed);

        // 60 ticks of 2 bad calls; of 420 ticks of 100 calls one in a hundred may be bad.
        Assert.Equal("orders-work", used.Key);
        Assert.Equal(120.0 / 420, used.Value, 9);
    }

    [Fact]
    public async Task Timeline_OfAnIncident_IsEventsChangesAndNotesOfItsTimeInOrder()
    {
        await using var node = await IncidentNode.StartAsync(database, _time);
        var config = new ConfigNode(node.Objectives.Store, database.Directory.Path, _time);
        var timeline = new IncidentTimeline(node.Events, [new Tidegate.Insight.Objectives.Alerting.ConfigChanges(config.Revisions, config.Overlays)], _time);
        await config.ApplyAsync(ConfigNode.Good);
        await HappenedAsync(node, "too-early", new { Objective = "orders-work" });
        _time.Advance(TimeSpan.FromHours(2));
        await HappenedAsync(node, "of-it", new { Objective = "orders-work", Text = "it burns" });
        await HappenedAsync(node, "of-its-service", new { Services = new[] { "stock", "orders" } });
        await HappenedAsync(node, "of-another", new { Objective = "stock-works", Service = "stock" });
        _time.Advance(TimeSpan.FromMinutes(1));
        await config.ApplyAsync(ConfigNode.Good + "\n---\napiVersion: tidegate/v1\nkind: Consumer\nmetadata: { name: shop }\n");
        var id = (await node.Store.OpenAsync(Request, Policy, Cancel)).Incident.Id;
        _time.Advance(TimeSpan.FromMinutes(1));
        await node.Store.CloseAsync(id, "done", ConfigNode.Ada, Cancel);
        await HappenedAsync(node, "right-then", new { Service = "orders" });
        _time.Advance(TimeSpan.FromMinutes(1));
        await HappenedAsync(node, "too-late", new { Service = "orders" });

        var rows = await timeline.OfAsync((await node.Store.FindAsync(id, Cancel))!, Cancel);

        Assert.Equal(["event of-it", "event of-its-service", "event inc_1/opened", "revision 2", "event inc_1/closed", "event right-then", "note inc_1/1"], rows.Select(r => $"{r.Kind} {r.Id}"));
        Assert.Equal("tests.happened: it burns", rows[0].Text);
        Assert.Equal((Policy.Name, "ada"), (rows[2].Author, rows[4].Author)); // who opened it, and who closed it
        Assert.Equal(("ada", "because (1 added, 0 changed, 0 removed)"), (rows[3].Author, rows[3].Text));
    }

    [Theory]
    [InlineData("", 0, 1, "title")]
    [InlineData("t", 1, 1, "impactStart")]
    [InlineData("t", 0, 101, "services")]
    [InlineData("orders\0fail", 0, 1, "title")] // PostgreSQL keeps no NUL
    public async Task OpenAsync_MakesNoSense_IsRefusedWithTheKey(string title, int minutes, int services, string path)
    {
        await using var node = await IncidentNode.StartAsync(database, _time);
        var request = new IncidentRequest { Title = title, ImpactStart = _time.GetUtcNow().AddMinutes(minutes), Services = [.. Enumerable.Range(0, services).Select(i => $"s{i}")] };

        var refused = await Assert.ThrowsAsync<ProblemException>(() => node.Store.OpenAsync(request, ConfigNode.Ada, Cancel));

        Assert.Equal((400, path), (refused.Problem.Status, refused.Problem.Path));
        Assert.Empty(await node.Store.ListAsync(all: true, null, null, 10, Cancel));
    }

    [Fact]
    public async Task Timeline_AlertThatHasEnded_SaysThatAndNotHowItBegan()
    {
        await using var node = await IncidentNode.StartAsync(database, _time);
        var id = (await node.Store.OpenAsync(Request, Policy, Cancel)).Incident.Id;
        await node.Events.AppendAsync(new NewEvent("a/resolved", AlertStore.Resolved, "slo/orders-work", _time.GetUtcNow(), new { Id = "a", Objective = "orders-work", Summary = "2 % not good in the last 1h" }), Cancel);

        var rows = await new IncidentTimeline(node.Events, [], _time).OfAsync((await node.Store.FindAsync(id, Cancel))!, Cancel);

        Assert.Equal("objectives.alert_resolved: it has ended (orders-work).", Assert.Single(rows, r => r.Kind == "alert").Text);
    }

    private Task HappenedAsync(IncidentNode node, string id, object data) => node.Events.AppendAsync(new NewEvent(id, "tests.happened", "test/x", _time.GetUtcNow(), data), Cancel);
}
