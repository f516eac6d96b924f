namespace Tidegate.Insight.Objectives;

/// <summary>Knows why nobody is told of an alert. Notifications does.</summary>
public interface IAlertSuppression
{
    /// <summary>The reason, such as a silence with its author and end; null when nothing keeps it back.</summary>
    Task<string?> ReasonAsync(Alert alert, CancellationToken cancel);
}
