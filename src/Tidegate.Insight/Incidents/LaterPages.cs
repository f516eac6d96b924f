using System.Text.Json;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.InboundAlerts;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Incidents;

/// <summary>Pages that begin while an incident of their cause is open are among its alerts, whoever opened it.</summary>
internal sealed class LaterPages(IncidentStore incidents) : IEventSubscriber
{
    /// <inheritdoc/>
    public string Name => "incidents";

    /// <inheritdoc/>
    public bool Wants(string type) => type is AlertStore.Fired or InboundAlertStore.Fired;

    /// <inheritdoc/>
    public async Task HandleAsync(Event happened, CancellationToken cancel)
    {
        var alert = happened.Data.Deserialize<Alert>(ApiJson.Options)!;
        if (alert is { Severity: AlertSeverity.Page, Service.Length: > 0 }) await incidents.JoinLaterAsync(alert, cancel);
    }
}
