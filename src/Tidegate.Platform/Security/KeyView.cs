using Tidegate.Platform.Security.Keys;

namespace Tidegate.Platform.Security;

/// <summary>A caller key as the API shows it: never the key itself.</summary>
/// <param name="Id">Public id, as in the call log.</param>
/// <param name="Consumer">Whose it is.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">Scopes it carries; empty: the consumer's.</param>
/// <param name="State"><c>active</c>, <c>expired</c> or <c>revoked</c>.</param>
/// <param name="CreatedAt">When issued.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="ExpiresAt">From when it is refused; null: never.</param>
/// <param name="RevokedAt">When it was revoked.</param>
/// <param name="ReplacedBy">The key that took its place.</param>
public sealed record KeyView(
    string Id, string Consumer, string? Name, IReadOnlyList<string> Scopes, string State, DateTimeOffset CreatedAt, string CreatedBy,
    DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, string? ReplacedBy)
{
    internal static KeyView Of(CallerKey key, DateTimeOffset now)
    {
        var state = key.RevokedAt is not null ? "revoked" : key.ExpiresAt <= now ? "expired" : "active";
        return new(key.Id, key.Consumer, key.Name, key.Scopes, state, key.CreatedAt, key.CreatedBy, key.ExpiresAt, key.RevokedAt, key.ReplacedBy);
    }
}

/// <summary>A key just issued.</summary>
/// <param name="Secret">The key itself: shown this once, never again.</param>
/// <param name="Key">What is kept.</param>
public sealed record KeyIssued(string Secret, KeyView Key);

/// <summary>A key to issue.</summary>
/// <param name="Consumer">Name of the Consumer it is for.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">Scopes it carries; empty or null: the consumer's.</param>
/// <param name="ExpiresAt">From when it is refused; null: never.</param>
public sealed record KeyRequest(string Consumer, string? Name = null, IReadOnlyList<string>? Scopes = null, DateTimeOffset? ExpiresAt = null);

/// <summary>A rotation.</summary>
/// <param name="OverlapSeconds">How long the old key still works: 0 to 90 days.</param>
public sealed record KeyRotation(double OverlapSeconds);

/// <summary>The end of a key.</summary>
/// <param name="ExpiresAt">From when it is refused; null: never.</param>
public sealed record KeyExpiry(DateTimeOffset? ExpiresAt);
