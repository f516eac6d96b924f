using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;
using Tidegate.Insight.InboundAlerts;

namespace Tidegate.Insight.Notifications.Channels;

/// <summary>Events API v2 of PagerDuty: one event an alert, told apart by its id, so that a second trigger adds to the same incident.</summary>
internal sealed class PagerDutyChannel(ChannelHttp http) : INotificationChannel
{
    private const int MostSummary = 1024;

    public Type Settings => typeof(PagerDutyChannelConfig);

    public async Task SendAsync(ChannelConfig settings, ChannelMessage message, CancellationToken cancel)
    {
        var config = (PagerDutyChannelConfig)settings;
        var (key, url) = (http.Resolve(config.RoutingKey), new Uri(config.Url, "v2/enqueue").ToString());
        foreach (var notice in message.Notices)
        {
            await http.PostAsync(
                url,
                new
                {
                    routing_key = key,
                    event_action = notice.IsResolved ? "resolve" : "trigger",
                    dedup_key = Key(notice.Alert),
                    client = "Tidegate",
                    payload = notice.IsResolved ? null : new
                    {
                        summary = Cut($"{notice.Title}: {notice.Summary}"),
                        source = notice.Label("service") is { Length: > 0 } service ? service : "tidegate",
                        severity = notice.Severity == AlertSeverity.Page ? "critical" : "warning",
                        timestamp = notice.FiredAt,
                        custom_details = new { notice.Summary, notice.Evidence, notice.Labels, tidegate = AlertMark.Add(notice.Label(AlertMark.Label), message.Source) },
                    },
                    links = notice.IsResolved ? null : Links(notice),
                },
                cancel);
        }
    }

    private static object[]? Links(AlertNotice notice)
    {
        var links = notice.Links.Select(l => new { href = l.Url, text = l.Name }).ToList();
        if (notice.Runbook is { } runbook) links.Insert(0, new { href = runbook, text = "Runbook" });
        return links.Count == 0 ? null : [.. links];
    }

    // At most 255 characters.
    private static string Key(string alert) => alert.Length <= 255 ? alert : alert[^255..];

    private static string Cut(string text) => text.Length <= MostSummary ? text : text[..MostSummary];
}
