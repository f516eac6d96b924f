using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Providers;

/// <summary>A key of a provider's pool.</summary>
public sealed record ProviderKeyConfig
{
    /// <summary>Name in the call log, metrics and pages. Never the key itself.</summary>
    public required string Name { get; init; }

    /// <summary>The key: for Vertex AI the service account's JSON, for Bedrock <c>ACCESS_KEY_ID:SECRET</c> or <c>ACCESS_KEY_ID:SECRET:SESSION_TOKEN</c>.</summary>
    [Secret]
    public required string Secret { get; init; }

    /// <summary>Lower ones are used first; others when none of those is left. Default 0.</summary>
    [Range(0, 1000)]
    public int Priority { get; init; }

    /// <summary>Share among keys of the same priority. Default 1.</summary>
    [Range(1, 1000000)]
    public int Weight { get; init; } = 1;

    /// <summary>Instant from which it is not used; null (default): never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
