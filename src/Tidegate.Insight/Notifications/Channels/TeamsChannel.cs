using Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;

namespace Tidegate.Insight.Notifications.Channels;

/// <summary>Incoming webhooks of Microsoft Teams: an adaptive card.</summary>
internal sealed class TeamsChannel(ChannelHttp http) : INotificationChannel
{
    public Type Settings => typeof(TeamsChannelConfig);

    public Task SendAsync(ChannelConfig settings, ChannelMessage message, CancellationToken cancel) => http.PostAsync(
        ((TeamsChannelConfig)settings).Url,
        new
        {
            type = "message",
            attachments = new object[]
            {
                new
                {
                    contentType = "application/vnd.microsoft.card.adaptive",
                    content = new Dictionary<string, object>(StringComparer.Ordinal)
                    {
                        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                        ["type"] = "AdaptiveCard",
                        ["version"] = "1.4",
                        ["body"] = new object[]
                        {
                            new { type = "TextBlock", size = "Large", weight = "Bolder", wrap = true, text = message.Title, color = message.IsResolved ? "Good" : "Attention" },
                            new { type = "TextBlock", wrap = true, text = message.Body.Replace("\n", "\n\n", StringComparison.Ordinal) },
                        },
                    },
                },
            },
        },
        cancel);
}
