using Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;
using Tidegate.Insight.InboundAlerts;

namespace Tidegate.Insight.Notifications.Channels;

/// <summary>API v2 of Alertmanager. An alert without an end is taken for ended after its resolve_timeout, so ours say how long they hold and are sent again before.</summary>
internal sealed class AlertmanagerChannel(ChannelHttp http) : INotificationChannel
{
    /// <summary>How long an alert holds that nobody has said the end of: longer than the longest pause between two messages about it.</summary>
    private static readonly TimeSpan Holds = TimeSpan.FromHours(24);

    public Type Settings => typeof(AlertmanagerChannelConfig);

    public async Task SendAsync(ChannelConfig settings, ChannelMessage message, CancellationToken cancel)
    {
        var config = (AlertmanagerChannelConfig)settings;
        var alerts = message.Notices.Select(n => new
        {
            // What an alert is told by must be the same in all its messages.
            labels = new Dictionary<string, string>(n.Labels, StringComparer.Ordinal)
            {
                ["alertname"] = n.Label("alertname") is { Length: > 0 } name ? name : "TidegateBurn", ["alert"] = n.Alert, [AlertMark.Label] = AlertMark.Add(n.Label(AlertMark.Label), message.Source),
            },
            annotations = Annotations(n),
            startsAt = n.FiredAt,
            endsAt = n.ResolvedAt ?? message.Time + Holds,
        }).ToList();
        // All of a cluster get every alert; it is theirs to tell others once.
        var failures = new List<ChannelException>();
        foreach (var url in config.Urls)
        {
            try
            {
                await http.PostAsync($"{url.AbsoluteUri.TrimEnd('/')}/api/v2/alerts", alerts, cancel, request =>
                {
                    foreach (var (name, value) in config.Headers) request.Headers.TryAddWithoutValidation(name, http.Resolve(value));
                });
            }
            catch (ChannelException failure)
            {
                failures.Add(failure);
            }
        }

        // One that may take it later is worth another try, whatever the others said.
        if (failures.Count == config.Urls.Count) throw failures.Find(f => !f.IsFinal) ?? failures[0];
    }

    private static Dictionary<string, string> Annotations(AlertNotice notice)
    {
        var annotations = notice.Links.ToDictionary(l => l.Name, l => l.Url, StringComparer.Ordinal);
        (annotations["summary"], annotations["description"], annotations["runbook_url"]) = (notice.Title, string.Join('\n', [notice.Summary, .. notice.Evidence]), notice.Runbook ?? "");
        return annotations;
    }
}
