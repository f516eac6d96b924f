using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.InboundAlerts;
using Tidegate.Insight.InboundAlerts.Intake;
using Tidegate.Insight.Incidents;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Notifications;
using Tidegate.Insight.Notifications.Outbox;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.PostMortems;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Audit.Chain;
using Tidegate.Platform.Events;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Incidents;

/// <summary>Incidents of a node whose objectives are judged from real counts.</summary>
internal sealed class IncidentNode : IAsyncDisposable
{
    /// <summary>An objective of 99 % over 30 days.</summary>
    public const string Orders = """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: orders-work}
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.99}]
          indicator:
            metadata: {name: orders-answered}
            spec:
              ratioMetric:
                counter: true
                rawType: success
                raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [orders]}}}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: orders}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}

        """;

    private IncidentNode(ObjectiveNode objectives, FakeTimeProvider time, string data)
    {
        Objectives = objectives;
        Audit = new AuditTrail(objectives.Store, new AnchorFile(data), time, NullLogger<AuditTrail>.Instance);
        Reader = new ObjectiveReader(objectives.Book, new SeriesHistory(objectives.Counts), objectives.Calls, objectives.Leases);
        Outside = new InboundAlertStore(objectives.Store, objectives.Events, new InboundAlertCounts(time), time, NullLogger<InboundAlertStore>.Instance);
        Store = new IncidentStore(
            objectives.Store, Audit, objectives.Events, Reader, new AlertList(objectives.Alerts, [Outside]), [Outside], new NotificationStore(objectives.Store, Audit, new OutboxSignal(), time), time);
        PostMortems = new PostMortemStore(objectives.Store, Audit, objectives.Events, Store, time);
    }

    public ObjectiveNode Objectives { get; }

    public ObjectiveReader Reader { get; }

    public AuditTrail Audit { get; }

    public EventLog Events => Objectives.Events;

    public InboundAlertStore Outside { get; }

    public IncidentStore Store { get; }

    public PostMortemStore PostMortems { get; }

    public static async Task<IncidentNode> StartAsync(TestDatabase database, FakeTimeProvider time, string documents = Orders, CallStore? calls = null, bool isShared = false) =>
        new(await ObjectiveNode.StartAsync(database, time, documents, calls, isShared: isShared), time, database.Directory.Path);

    /// <summary>A message about an alert was sent at a time.</summary>
    public Task SentAsync(string alert, DateTimeOffset at) => Objectives.Store.ChangeAsync(
        (db, _) =>
        {
            db.Add(new OutboxRow { Id = $"{alert}/fired/hook", Target = "hook", Alert = alert, Kind = "fired", State = OutboxRow.Sent, GroupKey = "", CreatedAt = at, NextAt = at, SentAt = at, Notice = "{}" });
            return Task.CompletedTask;
        }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Objectives.DisposeAsync();
}
