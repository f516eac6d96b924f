using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Security.Tokens;

/// <summary>A row of <c>security_tokens</c>: a program's credential for the admin API.</summary>
internal sealed class ApiToken
{
    /// <summary>Public id, <c>t_...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it is for, in the owner's words.</summary>
    public required string Name { get; init; }

    /// <summary>The user it acts for. It never may do more than they.</summary>
    public required string Owner { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>Ceiling.</summary>
    public required Role Role { get; init; }

    /// <summary>Permission names it is limited to; empty: all of the role.</summary>
    public required List<string> Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
