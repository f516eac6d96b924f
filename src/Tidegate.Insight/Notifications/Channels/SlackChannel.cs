using Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;

namespace Tidegate.Insight.Notifications.Channels;

/// <summary>Incoming webhooks of Slack: blocks, and a text for those who do not show them.</summary>
internal sealed class SlackChannel(ChannelHttp http) : INotificationChannel
{
    // Slack refuses longer texts in a block.
    private const int MostHeader = 150, MostText = 3000;

    public Type Settings => typeof(SlackChannelConfig);

    public Task SendAsync(ChannelConfig settings, ChannelMessage message, CancellationToken cancel) => http.PostAsync(
        ((SlackChannelConfig)settings).Url,
        new
        {
            text = Escape(message.Title),
            blocks = new object[]
            {
                new { type = "header", text = new { type = "plain_text", text = Cut(message.Title, MostHeader) } },
                new { type = "section", text = new { type = "mrkdwn", text = Cut(Escape(message.Body), MostText) } },
            },
        },
        cancel);

    // Slack's three control characters; what callers wrote must not become a link or a mention.
    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Cut(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "…");
}
