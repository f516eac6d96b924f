namespace Tidegate.Insight.Objectives;

/// <summary>All alerts: of our own objectives and from outside.</summary>
public sealed class AlertList(AlertStore own, IEnumerable<IAlertSource> others)
{
    // More than may be open from outside at a time.
    private const int MostOfAMoment = 10_000;

    /// <summary>Newest first: those that fire, or all.</summary>
    public async Task<IReadOnlyList<Alert>> ListAsync(bool all, DateTimeOffset? before, int limit, CancellationToken cancel)
    {
        var alerts = new List<Alert>(await own.ListAsync(all, before, limit, cancel));
        foreach (var source in others) alerts.AddRange(await source.ListAsync(all, before, limit, cancel));
        return [.. alerts.OrderByDescending(a => a.FiredAt).ThenBy(a => a.Id, StringComparer.Ordinal).Take(limit)];
    }

    /// <summary>
    /// A page, newest first, and the time before which the next one begins; null when it is the last. Alerts of one moment stay together, for the time is all a cursor knows: a page may be
    /// shorter for it, or longer when there are more of one moment than fit.
    /// </summary>
    public async Task<(IReadOnlyList<Alert> Items, DateTimeOffset? Next)> PageAsync(bool all, DateTimeOffset? before, int size, CancellationToken cancel)
    {
        var rows = await ListAsync(all, before, size + 1, cancel);
        if (rows.Count <= size) return (rows, null);
        var border = rows[size].FiredAt;
        var page = rows.TakeWhile(a => a.FiredAt > border).ToList();
        if (page.Count > 0) return (page, page[^1].FiredAt);
        page = [.. (await ListAsync(all, before, MostOfAMoment, cancel)).TakeWhile(a => a.FiredAt == border)];
        return (page, border);
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
