using System.Text.Json.Nodes;

namespace Tidegate.Platform.ConfigStore;

/// <summary>An overlay that somebody would like.</summary>
public sealed record OverlayRequest
{
    /// <summary>Why. Required: whoever finds it at night reads this.</summary>
    public required string Reason { get; init; }

    /// <summary>What it was decided on. Default empty.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>How long it holds, as a duration: <c>30m</c>. At most 30 d.</summary>
    public required string For { get; init; }

    /// <summary>JSON merge patches (RFC 7396) by object id.</summary>
    public required IReadOnlyDictionary<string, JsonNode?> Patches { get; init; }
}
