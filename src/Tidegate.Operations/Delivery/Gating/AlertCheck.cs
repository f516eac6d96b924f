using System.Globalization;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Objectives;

namespace Tidegate.Operations.Delivery.Gating;

/// <summary>Alerts of the service that fire: of its objectives, and of programs outside that name it.</summary>
internal sealed class AlertCheck(AlertList alerts) : IGateCheck
{
    private const int Most = 10_000;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<GateReason>> LookAsync(GateCase question, CancellationToken cancel) =>
        [.. (await alerts.ListAsync(all: false, null, Most, cancel)).Where(a => a.Service == question.Request.Service)
            .Select(a => new GateReason("alert", question.Policy.Alerts.Contains(a.Severity) ? question.Effect : GateEffect.Warn, a.Id, Text(a)))];

    private static string Text(Alert alert) => string.Create(CultureInfo.InvariantCulture,
        $"{(alert.Severity == AlertSeverity.Page ? "A page" : "A ticket")} fires for {(alert.Origin == Alert.Own ? alert.Objective : $"{alert.Title} (told by {alert.Origin})")} since {alert.FiredAt.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}{(alert.Summary == alert.Title ? "" : $": {alert.Summary.TrimEnd('.')}")}.");
}
