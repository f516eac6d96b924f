namespace Tidegate.Insight.Objectives;

/// <summary>A module that has alerts beside those of objectives; they are listed, routed and inhibited together. Each registers one.</summary>
public interface IAlertSource
{
    /// <summary>Newest first: those that fire, or all.</summary>
    Task<IReadOnlyList<Alert>> ListAsync(bool all, DateTimeOffset? before, int limit, CancellationToken cancel);

    /// <summary>Those that began to fire in a time, oldest first.</summary>
    Task<IReadOnlyList<Alert>> FiredAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancel);

    /// <summary>One alert; null when it has none of this id.</summary>
    Task<Alert?> FindAsync(string id, CancellationToken cancel);
}
