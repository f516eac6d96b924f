using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Tokens;

namespace Tidegate.Platform.Security;

/// <summary>An API token as the API shows it: never the token itself.</summary>
/// <param name="Id">Public id, as in the audit trail.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Owner">The user it acts for.</param>
/// <param name="Role">What it may do at most; never more than its owner.</param>
/// <param name="Scopes">Permissions it is limited to; empty: all of the role.</param>
/// <param name="State"><c>active</c>, <c>expired</c> or <c>revoked</c>.</param>
/// <param name="CreatedAt">When made.</param>
/// <param name="ExpiresAt">From when it is refused; null: never.</param>
/// <param name="LastUsedAt">Last use, to about a minute; null: never.</param>
/// <param name="RevokedAt">When it was revoked.</param>
public sealed record TokenView(
    string Id, string Name, string Owner, Role Role, IReadOnlyList<string> Scopes, string State, DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt)
{
    internal static TokenView Of(ApiToken token, DateTimeOffset now)
    {
        var state = token.RevokedAt is not null ? "revoked" : token.ExpiresAt <= now ? "expired" : "active";
        return new(token.Id, token.Name, token.Owner, token.Role, token.Scopes, state, token.CreatedAt, token.ExpiresAt, token.LastUsedAt, token.RevokedAt);
    }
}

/// <summary>A token just made.</summary>
/// <param name="Secret">The token itself: shown this once, never again.</param>
/// <param name="Token">What is kept.</param>
public sealed record TokenIssued(string Secret, TokenView Token);

/// <summary>A token to make. It acts for whoever makes it.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do at most; null: as much as oneself.</param>
/// <param name="Scopes">Names of permissions it is limited to; empty or null: all of the role.</param>
/// <param name="ExpiresAt">When it ends; null: never. Made with a token, it ends no later than that one.</param>
public sealed record TokenRequest(string Name, Role? Role = null, IReadOnlyList<string>? Scopes = null, DateTimeOffset? ExpiresAt = null);
