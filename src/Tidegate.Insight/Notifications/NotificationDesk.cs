using Tidegate.Insight.Notifications.Outbox;
using Tidegate.Insight.Notifications.Routing;

namespace Tidegate.Insight.Notifications;

/// <summary>
/// Where other modules have people told of what is no alert of an objective: what a policy did, what did not help. Only silences and maintenance keep it back; told twice under the same id, it
/// is sent once.
/// </summary>
public sealed class NotificationDesk
{
    private readonly AlertRouter _router;
    private readonly OutboxSignal _signal;

    internal NotificationDesk(AlertRouter router, OutboxSignal signal) => (_router, _signal) = (router, signal);

    /// <summary>Tells of something that began, or, where <see cref="AlertNotice.IsResolved"/> says so, to those who were told of it, that it has ended.</summary>
    public async Task TellAsync(AlertNotice notice, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var any = notice.IsResolved ? await _router.ResolvedAsync(notice, cancel) : await _router.FiringAsync(notice, [], cancel);
        if (any) _signal.Set();
    }
}
