using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;

/// <summary><c>opsgenie</c>: Alert API v2 of Opsgenie.</summary>
[Variant("opsgenie")]
public sealed record OpsgenieChannelConfig : ChannelConfig
{
    /// <summary>API key.</summary>
    [Secret]
    public required string ApiKey { get; init; }

    /// <summary>Address of the API. Default <c>https://api.opsgenie.com/</c>.</summary>
    public Uri Url { get; init; } = new("https://api.opsgenie.com/");

    /// <summary>Teams that are responsible. Empty (default): as the integration says.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];
}
