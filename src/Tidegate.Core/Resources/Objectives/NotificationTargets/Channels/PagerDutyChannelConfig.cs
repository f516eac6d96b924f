using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;

/// <summary><c>pagerduty</c>: Events API v2 of PagerDuty.</summary>
[Variant("pagerduty")]
public sealed record PagerDutyChannelConfig : ChannelConfig
{
    /// <summary>Integration key.</summary>
    [Secret]
    public required string RoutingKey { get; init; }

    /// <summary>Address of the API. Default <c>https://events.pagerduty.com/</c>.</summary>
    public Uri Url { get; init; } = new("https://events.pagerduty.com/");
}
