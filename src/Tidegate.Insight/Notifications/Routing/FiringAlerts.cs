using Tidegate.Insight.Notifications.Texts;
using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Notifications.Routing;

/// <summary>All alerts that fire, our own and those from outside.</summary>
internal sealed class FiringAlerts(AlertList alerts)
{
    private const int Most = 10_000;

    public async Task<IReadOnlyList<AlertNotice>> ListAsync(CancellationToken cancel) => [.. (await alerts.ListAsync(all: false, null, Most, cancel)).Select(Notices.Of)];
}
