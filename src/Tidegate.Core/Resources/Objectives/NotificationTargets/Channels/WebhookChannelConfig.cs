using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;

/// <summary><c>webhook</c>: CloudEvents over HTTP POST, signed.</summary>
[Variant("webhook")]
public sealed record WebhookChannelConfig : ChannelConfig
{
    /// <summary>Address. May hold secret references.</summary>
    [Secret(PlainAllowed = true)]
    public required string Url { get; init; }

    /// <summary>Headers sent along.</summary>
    [Secret(PlainAllowed = true)]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Key that messages are signed with (HMAC-SHA256). Default: they are not signed.</summary>
    [Secret]
    public string? SigningKey { get; init; }
}
