using Tidegate.Insight.InboundAlerts.Intake;

namespace Tidegate.Insight.InboundAlerts.Doors;

/// <summary>What Alertmanager posts to a webhook, as much of version 4 as says anything new.</summary>
internal sealed record WebhookMessage
{
    public string? Version { get; init; }

    /// <summary>Alerts that were left out, where <c>max_alerts</c> is set.</summary>
    public long TruncatedAlerts { get; init; }

    public List<WebhookAlert?>? Alerts { get; init; }
}
