using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;

/// <summary><c>teams</c>: an incoming webhook of Microsoft Teams.</summary>
[Variant("teams")]
public sealed record TeamsChannelConfig : ChannelConfig
{
    /// <summary>Address of the webhook, which is a secret.</summary>
    [Secret]
    public required string Url { get; init; }
}
