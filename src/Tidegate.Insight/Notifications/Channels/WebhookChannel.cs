using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;

namespace Tidegate.Insight.Notifications.Channels;

/// <summary>
/// CloudEvents 1.0 in structured mode. Signed as Standard Webhooks have it: HMAC-SHA256 of <c>id.timestamp.body</c>, so that nobody can alter a message or send an
/// old one again.
/// </summary>
internal sealed class WebhookChannel(ChannelHttp http) : INotificationChannel
{
    public Type Settings => typeof(WebhookChannelConfig);

    public Task SendAsync(ChannelConfig settings, ChannelMessage message, CancellationToken cancel)
    {
        var config = (WebhookChannelConfig)settings;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Specversion = "1.0",
                message.Id,
                Type = message.IsResolved ? "tidegate.alert.resolved" : "tidegate.alert.fired",
                message.Source,
                Subject = message.Notices[0].Alert,
                message.Time,
                Datacontenttype = "application/json",
                Data = new { message.Title, message.Body, Alerts = message.Notices.Select(Shown) },
            },
            ChannelJson.Options);
        return http.PostAsync(config.Url, body, "application/cloudevents+json", cancel, request =>
        {
            foreach (var (name, value) in config.Headers) request.Headers.TryAddWithoutValidation(name, http.Resolve(value));
            if (config.SigningKey is not null) Sign(request, http.Resolve(config.SigningKey), message, body);
        });
    }

    // Without what only the way of a message within Tidegate needs.
    private static object Shown(AlertNotice notice) => new
    {
        notice.Alert, notice.IsResolved, notice.IsAcknowledged, notice.Severity, notice.FiredAt, notice.ResolvedAt, notice.EndReason, notice.Title, notice.Summary, notice.Evidence, notice.Labels, notice.Runbook, notice.Links,
    };

    private static void Sign(HttpRequestMessage request, string key, ChannelMessage message, byte[] body)
    {
        var time = message.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{message.Id}.{time}."), .. body];
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", time);
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), signed)));
    }
}
