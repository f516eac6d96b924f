using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Consumers;

/// <summary>A key, by hash.</summary>
public sealed record KeyConfig
{
    /// <summary>Public id, shown in logs.</summary>
    public required string Id { get; init; }

    /// <summary>Lower-case hex SHA-256 of the key text (<c>tidegate keys hash</c> makes it).</summary>
    [RegularExpression("^[0-9a-f]{64}$", ErrorMessage = "64 digits and small letters from a to f")]
    public required string Sha256 { get; init; }

    /// <summary>Scopes of this key; empty: the consumer's.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Instant from which it is refused; null (default): never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
