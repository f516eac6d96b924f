using System.Text.Json;
using Tidegate.Insight.InboundAlerts;
using Tidegate.Insight.Notifications.Outbox;
using Tidegate.Insight.Notifications.Texts;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Notifications.Routing;

/// <summary>Is told of alerts that begin and end, our own and those from outside.</summary>
internal sealed class AlertSubscriber(AlertRouter router, FiringAlerts firing, OutboxSignal signal) : IEventSubscriber
{
    /// <inheritdoc/>
    public string Name => "notifications";

    /// <inheritdoc/>
    public bool Wants(string type) => type is AlertStore.Fired or AlertStore.Resolved or InboundAlertStore.Fired or InboundAlertStore.Resolved;

    /// <inheritdoc/>
    public async Task HandleAsync(Event happened, CancellationToken cancel)
    {
        var notice = Notices.Of(happened.Data.Deserialize<Alert>(ApiJson.Options)!);
        var any = happened.Type is AlertStore.Resolved or InboundAlertStore.Resolved ? await router.ResolvedAsync(notice, cancel) : await router.FiringAsync(notice, await firing.ListAsync(cancel), cancel);
        if (any) signal.Set();
    }
}
