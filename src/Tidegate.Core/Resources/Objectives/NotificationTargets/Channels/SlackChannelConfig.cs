using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;

/// <summary><c>slack</c>: an incoming webhook of Slack.</summary>
[Variant("slack")]
public sealed record SlackChannelConfig : ChannelConfig
{
    /// <summary>Address of the webhook, which is a secret.</summary>
    [Secret]
    public required string Url { get; init; }
}
