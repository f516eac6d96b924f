using System.Text.Json.Nodes;

namespace Tidegate.Platform.ConfigStore;

/// <summary>A change on top of the revision that takes itself back.</summary>
/// <param name="Id">Public id, <c>o_...</c>.</param>
/// <param name="Reason">Why it was made.</param>
/// <param name="Author">Who made it.</param>
/// <param name="Evidence">What it was decided on, for example an objective and its burn; may be empty.</param>
/// <param name="CreatedAt">From when it holds.</param>
/// <param name="ExpiresAt">Until when it holds.</param>
/// <param name="RevokedAt">When it was taken back early; null when it was not.</param>
/// <param name="Patches">JSON merge patches (RFC 7396) by object id (<c>Route/orders</c>). A key set to null goes back to its default.</param>
public sealed record Overlay(
    string Id, string Reason, string Author, string Evidence, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt,
    IReadOnlyDictionary<string, JsonNode?> Patches)
{
    /// <summary>True while it holds.</summary>
    public bool IsLive(DateTimeOffset now) => RevokedAt is null && CreatedAt <= now && now < ExpiresAt;
}
