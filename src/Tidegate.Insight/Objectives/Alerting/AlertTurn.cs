namespace Tidegate.Insight.Objectives.Alerting;

/// <summary>An alert that begins or ends.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Fired">The alert when it begins; null when it ends.</param>
/// <param name="At">When.</param>
internal sealed record AlertTurn(string Id, Alert? Fired, DateTimeOffset At);
