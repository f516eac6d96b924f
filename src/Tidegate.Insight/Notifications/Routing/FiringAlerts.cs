using Tidegate.Insight.Notifications.Texts;
using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Notifications.Routing;

/// <summary>All alerts that fire, our own and those from outside.</summary>
internal sealed class FiringAlerts(AlertList alerts, IEnumerable<IAcknowledgedAlerts> acknowledged)
{
    private const int Most = 10_000;

    public async Task<IReadOnlyList<AlertNotice>> ListAsync(CancellationToken cancel) => (await LookAsync(cancel)).All;

    /// <summary>All of them, and those to be told of. One of ours that is not explained yet keeps others back, and is told of with what explains it, by its event.</summary>
    public async Task<(IReadOnlyList<AlertNotice> All, IReadOnlyList<AlertNotice> Told)> LookAsync(CancellationToken cancel)
    {
        var found = await alerts.ListAsync(all: false, null, Most, cancel);
        var heard = new HashSet<string>(StringComparer.Ordinal);
        foreach (var known in acknowledged) heard.UnionWith(await known.ListAsync(cancel));
        var all = found.Select(a => Notices.Of(a) is var notice && heard.Contains(a.Id) ? notice with { IsAcknowledged = true } : notice).ToList();
        return (all, [.. all.Where((_, i) => found[i].Origin != Alert.Own || found[i].Evidence is not null)]);
    }
}
