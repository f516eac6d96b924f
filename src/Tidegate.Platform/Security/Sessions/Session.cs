namespace Tidegate.Platform.Security.Sessions;

/// <summary>A row of <c>security_sessions</c>: somebody logged in with a password.</summary>
internal sealed class Session
{
    /// <summary>Public id, <c>s_...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of the cookie's value.</summary>
    public required string Sha256 { get; init; }

    public required string User { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset LastUsedAt { get; set; }

    public string? Address { get; init; }
}
