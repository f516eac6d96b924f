namespace Tidegate.Insight.Notifications;

/// <summary>Knows of alerts that somebody takes care of: people are told once that they began and that they ended, and not again in between.</summary>
public interface IAcknowledgedAlerts
{
    /// <summary>Ids of alerts that are taken care of now; alerts that fire no more may be among them.</summary>
    Task<IReadOnlySet<string>> ListAsync(CancellationToken cancel);
}
