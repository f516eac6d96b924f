namespace Tidegate.Insight.Objectives;

/// <summary>All alerts: of our own objectives and from outside.</summary>
public sealed class AlertList(AlertStore own, IEnumerable<IAlertSource> others)
{
    /// <summary>Newest first: those that fire, or all.</summary>
    public async Task<IReadOnlyList<Alert>> ListAsync(bool all, DateTimeOffset? before, int limit, CancellationToken cancel)
    {
        var alerts = new List<Alert>(await own.ListAsync(all, before, limit, cancel));
        foreach (var source in others) alerts.AddRange(await source.ListAsync(all, before, limit, cancel));
        return [.. alerts.OrderByDescending(a => a.FiredAt).ThenBy(a => a.Id, StringComparer.Ordinal).Take(limit)];
    }

    /// <summary>One alert; null when there is none.</summary>
    public async Task<Alert?> FindAsync(string id, CancellationToken cancel)
    {
        if (await own.FindAsync(id, cancel) is { } alert) return alert;
        foreach (var source in others)
            if (await source.FindAsync(id, cancel) is { } outside) return outside;
        return null;
    }
}
