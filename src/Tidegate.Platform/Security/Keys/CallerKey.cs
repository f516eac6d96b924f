using Tidegate.Core.Ports;

namespace Tidegate.Platform.Security.Keys;

/// <summary>A row of <c>security_keys</c>: a caller's API key for the traffic port.</summary>
internal sealed class CallerKey
{
    /// <summary>Public id, <c>k_...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Grows with every change of any key: other nodes see by its maximum that there is something new.</summary>
    public required long Version { get; set; }

    public required string Consumer { get; init; }

    /// <summary>What it is for, in the owner's words.</summary>
    public string? Name { get; init; }

    public required string Sha256 { get; init; }

    public required List<string> Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The key that was issued to take its place.</summary>
    public string? ReplacedBy { get; set; }

    public IssuedKey ToIssued() => new(Id, Consumer, Sha256, Scopes, ExpiresAt);
}
