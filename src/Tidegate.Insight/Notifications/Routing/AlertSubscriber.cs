using System.Text.Json;
using Tidegate.Insight.Notifications.Outbox;
using Tidegate.Insight.Notifications.Texts;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Notifications.Routing;

/// <summary>Is told of alerts that begin and end.</summary>
internal sealed class AlertSubscriber(AlertRouter router, FiringAlerts firing, OutboxSignal signal) : IEventSubscriber
{
    /// <inheritdoc/>
    public string Name => "notifications";

    /// <inheritdoc/>
    public bool Wants(string type) => type is AlertStore.Fired or AlertStore.Resolved;

    /// <inheritdoc/>
    public async Task HandleAsync(Event happened, CancellationToken cancel)
    {
        var notice = Notices.Of(happened.Data.Deserialize<Alert>(ApiJson.Options)!);
        var any = happened.Type == AlertStore.Resolved ? await router.ResolvedAsync(notice, cancel) : await router.FiringAsync(notice, await firing.ListAsync(cancel), cancel);
        if (any) signal.Set();
    }
}
