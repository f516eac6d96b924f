namespace Tidegate.Insight.InboundAlerts.Intake;

/// <summary>An alert as Alertmanager's webhook has it: its status tells whether it has ended, never a time.</summary>
internal sealed record WebhookAlert : ToldAlert
{
    /// <summary><c>firing</c> or <c>resolved</c>.</summary>
    public string? Status { get; init; }
}
