using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Tidegate.Insight.InboundAlerts.Intake;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.InboundAlerts.Doors;

/// <summary>Receives what an Alertmanager posts to its <c>webhook_configs</c> (version 4).</summary>
internal static partial class AlertmanagerWebhook
{
    private const string Origin = "webhook";

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/inbound/alertmanager", PostAsync).RequirePermission(InboundAlertsModule.Write).AcceptBasic()
        .WithMetadata(new RequestSizeLimitAttribute(IntakeLimits.Body)).WithName("postAlertmanagerWebhook").WithSummary("Alerts of an Alertmanager, by its webhook (version 4).");

    private static async Task<IResult> PostAsync(InboundAlertStore store, InboundAlertCounts counts, TimeProvider time, HttpContext http, ILogger<InboundAlertStore> logger, CancellationToken cancel)
    {
        var message = await ToldAlerts.ReadAsync<WebhookMessage>(http, cancel);
        if (message.Version != "4") return Problems.BadRequest("version", "This is not version 4 of Alertmanager's webhook.", "Point webhook_configs of an Alertmanager here; Prometheus itself sends to /api/v2/alerts.");
        if (message.Alerts is not { } alerts) return Problems.BadRequest("alerts", "The alerts are missing.", "Point webhook_configs of an Alertmanager here.");
        if (message.TruncatedAlerts > 0) Log.Truncated(logger, message.TruncatedAlerts);
        return await ToldAlerts.TakeAsync(store, counts, Origin, IntakeLimits.EventHolds, time.GetUtcNow(), [.. alerts], "alerts", cancel);
    }

    private static partial class Log
    {
        [LoggerMessage(3602, LogLevel.Warning, "An Alertmanager left out {Alerts} alerts (max_alerts of its webhook_configs): nobody is told of them")]
        public static partial void Truncated(ILogger logger, long alerts);
    }
}
