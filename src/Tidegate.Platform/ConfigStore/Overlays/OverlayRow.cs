using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidegate.Platform.ConfigStore.Overlays;

/// <summary>A row of <c>config_overlays</c>.</summary>
internal sealed class OverlayRow
{
    public required string Id { get; init; }

    /// <summary>Order in which overlays were made.</summary>
    public required long Sequence { get; init; }

    /// <summary>Grows with every change of any overlay: other nodes see by its maximum that there is something new.</summary>
    public required long Version { get; set; }

    public required string Reason { get; init; }

    public required string Author { get; init; }

    public required string Evidence { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The patches, as JSON.</summary>
    public required string Patches { get; init; }

    public Overlay ToOverlay() => new(
        Id, Reason, Author, Evidence, CreatedAt, ExpiresAt, RevokedAt, JsonSerializer.Deserialize<Dictionary<string, JsonNode?>>(Patches) ?? []);
}
