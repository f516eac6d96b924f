using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Core.Windows;
using Tidegate.Insight.InboundAlerts;
using Tidegate.Insight.InboundAlerts.Intake;
using Tidegate.Insight.Incidents;
using Tidegate.Insight.Indicators.Series;
using Tidegate.Insight.Notifications;
using Tidegate.Insight.Notifications.Outbox;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Attributing;
using Tidegate.Insight.PostMortems;
using Tidegate.Insight.Reports;
using Tidegate.Insight.Reports.Endpoints;
using Tidegate.Insight.Reports.Making;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Audit.Chain;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Platform.ConfigStore;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Reports;

/// <summary>A node at the beginning of April that has seen a March: eighteen hours of calls, an hour in which they failed, an incident, and a night that was excluded.</summary>
internal sealed class ReportNode : IAsyncDisposable
{
    public static readonly DateTimeOffset March = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Names that would be markup if they were not text.</summary>
    public const string Documents = """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: orders-work, displayName: "Orders <b>work</b> | *always*"}
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.999}]
          indicator: {metadata: {name: a}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [orders]}}}}}}
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: orders-fast}
        spec:
          service: orders
          budgetingMethod: Timeslices
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.99, timeSliceTarget: 0.9, timeSliceWindow: 1m}]
          indicator: {metadata: {name: l}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: latency, threshold: 300ms, service: [orders]}}}}}}
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: stock-works}
        spec:
          service: stock
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.9}]
          indicator: {metadata: {name: s}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [stock]}}}}}}
        ---
        apiVersion: tidegate/v1
        kind: SLA
        metadata: {name: gold}
        spec: {slo: orders-work, target: 0.995, customer: "ACME <script>alert(1)</script>", penalty: "10 % of the month's fee & an apology", buffer: 0.3}
        ---
        apiVersion: tidegate/v1
        kind: SLA
        metadata: {name: bronze}
        spec: {slo: orders-work, target: 0.9, customer: Beta}
        ---
        apiVersion: tidegate/v1
        kind: SLA
        metadata: {name: stock-promise}
        spec: {slo: stock-works, target: 0.5, customer: Gamma}
        ---
        apiVersion: tidegate/v1
        kind: Exclusion
        metadata: {name: move}
        spec: {reason: "The database moves <to> a new version", author: ada, kind: maintenance, slos: [orders-work], windows: [{from: 2026-03-11T02:00:00Z, until: 2026-03-11T03:00:00Z}]}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: orders}
        spec: {destinations: [{address: "http://127.0.0.1:9"}], resilience: {bulkhead: {maxConcurrent: 2}}}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: stock}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        """;

    private readonly TestCallLog _log;

    private ReportNode(TestCallLog log, FakeTimeProvider time, ObjectiveNode objectives, InboundAlertStore outside, IncidentStore incidents, PostMortemStore postMortems, ObjectiveReader reader)
    {
        (_log, Time, Objectives, Outside, Incidents, PostMortems) = (log, time, objectives, outside, incidents, postMortems);
        var attribution = new BudgetAttribution(objectives.Book, objectives.History, new CallParts(objectives.History, log.Store), [new IncidentAttribution(incidents)]);
        var budgets = new BudgetReader(objectives.Book, objectives.History, attribution);
        Maker = new ReportMaker(
            reader, budgets, new ObjectiveSection(budgets, objectives.Alerts), new SlaSection(objectives.Source), new IncidentSection(incidents, postMortems, new AlertList(objectives.Alerts, [outside])), new SenderSection([outside]), new VitalSigns(objectives.History, log.Store, objectives.Source), time);
    }

    public FakeTimeProvider Time { get; }

    public ObjectiveNode Objectives { get; }

    public InboundAlertStore Outside { get; }

    public IncidentStore Incidents { get; }

    public PostMortemStore PostMortems { get; }

    public ReportMaker Maker { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ReportNode> StartAsync(TestDatabase database, string documents = Documents)
    {
        var (time, store) = (new FakeTimeProvider(March.AddDays(9).AddHours(14)), await database.OpenAsync());
        await new SeriesStore(store).WriteAsync(Counts(), Cancel);
        var log = await TestCallLog.StartAsync(now: March.AddDays(9));
        await log.WriteAsync(Calls());
        var objectives = await ObjectiveNode.StartAsync(database, time, documents, log.Store);
        var reader = new ObjectiveReader(objectives.Book, objectives.History, log.Store, new Leases(objectives.Store, false, time));
        var audit = new AuditTrail(objectives.Store, new AnchorFile(database.Directory.Path), time, NullLogger<AuditTrail>.Instance);
        var outside = new InboundAlertStore(objectives.Store, objectives.Events, new InboundAlertCounts(time), time, NullLogger<InboundAlertStore>.Instance);
        var incidents = new IncidentStore(objectives.Store, audit, objectives.Events, reader, new AlertList(objectives.Alerts, [outside]), [outside], new NotificationStore(objectives.Store, audit, new OutboxSignal(), time), time);
        var node = new ReportNode(log, time, objectives, outside, incidents, new PostMortemStore(objectives.Store, audit, objectives.Events, incidents, time), reader);
        await node.HappenAsync();
        return node;
    }

    public Task<Report> MakeAsync(ReportKind kind, string? service = null, string? month = "2026-03", string? zone = null) =>
        Maker.MakeAsync(ReportMonth.Read(kind, service, month, zone, Time.GetUtcNow()), Cancel);

    public async ValueTask DisposeAsync()
    {
        await Objectives.DisposeAsync();
        await _log.DisposeAsync();
    }

    // From noon of the 10th to six in the morning, 100 calls a minute. Half of them fail from 14 to 15 o'clock, and all of them at night while the database moves.
    private static List<SeriesBucket> Counts()
    {
        var found = new List<SeriesBucket>();
        for (var at = March.AddDays(9).AddHours(12); at < March.AddDays(10).AddHours(6); at = at.AddMinutes(1))
        {
            var bad = at.Day == 10 && at.Hour == 14 ? 50 : at.Day == 11 && at.Hour == 2 ? 100 : 0;
            found.Add(new SeriesBucket("tidegate:availability;service=orders", at.ToUnixTimeSeconds() / 60, 7, new Tally(bad, 100), null));
            var durations = new LatencyHistogram();
            for (var i = 1; i <= 20; i++) durations.Record(i * 10_000);
            found.Add(new SeriesBucket("tidegate:latency@300000;service=orders", at.ToUnixTimeSeconds() / 60, 7, new Tally(bad > 0 ? 20 : 0, 100), durations.ToBytes()));
        }

        return found;
    }

    private static IEnumerable<CallRecord> Calls()
    {
        for (var i = 0; i < 600; i++)
        {
            var call = SampleCalls.Ordinary(March.AddDays(9).AddHours(14).AddSeconds(i * 6));
            (call.Service, call.Consumer, call.Outcome, call.Version) = ("orders", i % 3 == 0 ? "shop" : "app", i % 2 == 0 ? CallOutcome.Ok : i % 4 == 1 ? CallOutcome.Timeout : CallOutcome.UpstreamError, "v1");
            yield return call;
        }
    }

    private OutsideAlert Told(string name, string service, AlertSeverity severity, string instance = "a") => new()
    {
        Origin = "alertmanager", Word = OutsideWord.Fires, Fingerprint = $"{name}{instance}".PadRight(32, '0'), Severity = severity, Title = name, StartsAt = Time.GetUtcNow(), HoldsUntil = Time.GetUtcNow().AddDays(1),
        Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = name, ["service"] = service }, Link = "http://prometheus.example:9090/graph?<b>",
    };

    private async Task HappenAsync()
    {
        var alert = new Alert
        {
            Id = "alert_orders-work_page_1773151380", Objective = "orders-work", Slo = "orders-work", Service = "orders", Severity = AlertSeverity.Page, FiredAt = March.AddDays(9).AddHours(14).AddMinutes(3),
            ImpactStart = March.AddDays(9).AddHours(14), Condition = "14.4x over 1h and 5m", Burn = 20, BudgetLeft = 0.5, Summary = "",
        };
        await Objectives.Alerts.FireAsync(alert, Cancel);
        Time.Advance(TimeSpan.FromMinutes(5));
        // Another Prometheus says so, too, and something that can wait; a third is about nothing of ours.
        await Outside.TakeAsync([Told("Slow", "orders", AlertSeverity.Page), Told("Slow", "orders", AlertSeverity.Page, instance: "b"), Told("DiskFills", "orders", AlertSeverity.Ticket), Told("Rain", "", AlertSeverity.Page)], Cancel);
        var incident = (await Incidents.OpenAsync(new IncidentRequest { Title = "Orders & <payments>", Severity = IncidentSeverity.Sev2, Services = ["orders"], Objectives = ["orders-work"], Alerts = [alert.Id], ImpactStart = March.AddDays(9).AddHours(14) }, ConfigNode.Ada, Cancel)).Incident;
        // The page was told of at once; ada says six minutes later that she is at it.
        await Objectives.Store.ChangeAsync(
            (db, _) =>
            {
                db.Add(new OutboxRow { Id = "m", Target = "hook", Alert = alert.Id, Kind = "fired", State = OutboxRow.Sent, GroupKey = "", CreatedAt = alert.FiredAt, NextAt = alert.FiredAt, SentAt = alert.FiredAt, Notice = "{}" });
                return Task.CompletedTask;
            }, Cancel);
        Time.Advance(TimeSpan.FromMinutes(4));
        await Incidents.AcknowledgeAsync(incident.Id, ConfigNode.Ada, Cancel);
        Time.Advance(TimeSpan.FromMinutes(54));
        await Incidents.CloseAsync(incident.Id, null, ConfigNode.Ada, Cancel);
        await PostMortems.RequireAsync(incident.Id, "it used more than a fifth of the budget", ConfigNode.Ada, Cancel);
        Time.SetUtcNow(new DateTimeOffset(2026, 4, 2, 8, 0, 0, TimeSpan.Zero));
        await Objectives.CallsAsync(TimeSpan.FromSeconds(10), 0, 0); // judged once more, now
    }
}
