using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Insight.Notifications.Texts;
using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Notifications.Routing;

/// <summary>Says of an alert that fires what keeps it back now.</summary>
internal sealed class AlertSuppression(FiringAlerts firing, IConfigSource config, TimeProvider time) : IAlertSuppression
{
    /// <inheritdoc/>
    public async Task<string?> ReasonAsync(Alert alert, CancellationToken cancel) => alert.ResolvedAt is not null
        ? null
        : Suppression.Of(Notices.Of(alert), await firing.ListAsync(cancel), config.Current?.Document ?? ConfigDocument.Empty, time.GetUtcNow());
}
