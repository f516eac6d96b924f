namespace Tidegate.Insight.Objectives;

/// <summary>A module that knows of changes that may have caused an alert: revisions and overlays, releases, experiments. Each registers one.</summary>
public interface IAlertChanges
{
    /// <summary>What changed between two times.</summary>
    Task<IReadOnlyList<AlertChange>> BetweenAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancel);
}
