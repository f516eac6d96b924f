namespace Tidegate.Core.Calls;

/// <summary>What an attempt at a model used, and what that costs. One object, so that calls for anything else carry nothing of it.</summary>
/// <param name="Provider">Provider that was asked, by its name in the configuration.</param>
/// <param name="Model">Model, in the provider's words.</param>
public sealed record ModelUse(string Provider, string Model)
{
    /// <summary>Input in all, cached and cache-written tokens included; null when it is not known.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Part of the input read from the provider's cache.</summary>
    public long CachedInputTokens { get; init; }

    /// <summary>Part of the input written to the provider's cache.</summary>
    public long CacheWriteTokens { get; init; }

    /// <summary>Output in all, reasoning included; null when it is not known.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Part of the output that was reasoning.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>Exact to 1e-9 of <see cref="Currency"/>; null when the tokens or their price are not known. Unknown is never 0.</summary>
    public decimal? Cost { get; init; }

    /// <summary>ISO 4217 code of <see cref="Cost"/>; <c>USD</c> where no price says otherwise.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The tokens were counted by the gateway, because the provider did not tell them.</summary>
    public bool Estimated { get; init; }

    /// <summary>Microseconds from the start of the attempt to its first token, or to its answer when it was not streamed; -1 when none came.</summary>
    public long FirstTokenUs { get; init; } = -1;

    /// <summary>
    /// Mean microseconds from one token of a stream to the next, as they came from the provider: its tokens that were shown, thoughts not shown left out, and the time in which the
    /// caller took nothing. -1 when it was not streamed, had fewer than two, or their number is not known.
    /// </summary>
    public long InterTokenUs { get; init; } = -1;
}
