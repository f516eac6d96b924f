using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;

namespace Tidegate.Insight.Notifications.Channels;

/// <summary>Alert API v2 of Opsgenie: one alert each, told apart by its alias.</summary>
internal sealed class OpsgenieChannel(ChannelHttp http) : INotificationChannel
{
    private const int MostMessage = 130, MostDescription = 15_000, MostAlias = 512;

    public Type Settings => typeof(OpsgenieChannelConfig);

    public async Task SendAsync(ChannelConfig settings, ChannelMessage message, CancellationToken cancel)
    {
        var config = (OpsgenieChannelConfig)settings;
        var key = http.Resolve(config.ApiKey);
        foreach (var notice in message.Notices)
        {
            var alias = Cut(notice.Alert, MostAlias);
            var url = notice.IsResolved ? $"v2/alerts/{Uri.EscapeDataString(alias)}/close?identifierType=alias" : "v2/alerts";
            object body = notice.IsResolved ? new { source = "Tidegate" } : new
            {
                message = Cut(notice.Title, MostMessage),
                alias,
                description = Cut(string.Join('\n', [notice.Summary, .. notice.Evidence, .. notice.Links.Select(l => $"{l.Name}: {l.Url}")]), MostDescription),
                priority = notice.Severity == AlertSeverity.Page ? "P1" : "P3",
                source = "Tidegate",
                details = notice.Labels,
                responders = config.Teams.Count == 0 ? null : config.Teams.Select(t => new { type = "team", name = t }),
            };
            await http.PostAsync(new Uri(config.Url, url).ToString(), body, cancel, request => request.Headers.TryAddWithoutValidation("Authorization", $"GenieKey {key}"));
        }
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}
