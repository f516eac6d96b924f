using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Models;

/// <summary>Where calls go when no target of an alias is left: other aliases, in order, by what went wrong.</summary>
public sealed record FallbacksConfig
{
    /// <summary>After failures: errors, timeouts, limits, open breakers.</summary>
    [Reference("Model")]
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>When the conversation is longer than the window.</summary>
    [Reference("Model")]
    public IReadOnlyList<string> ContextWindow { get; init; } = [];

    /// <summary>When the provider's filter refuses; needs <c>retryContentFilter</c>.</summary>
    [Reference("Model")]
    public IReadOnlyList<string> ContentPolicy { get; init; } = [];
}
