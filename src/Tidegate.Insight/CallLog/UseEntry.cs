using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog;

/// <summary>What a model used and cost, as the API shows it. Null means "not known".</summary>
/// <param name="Provider">Provider asked.</param>
/// <param name="Model">Model, in its words.</param>
/// <param name="InputTokens">Input in all.</param>
/// <param name="CachedInputTokens">Part of it from the provider's cache.</param>
/// <param name="CacheWriteTokens">Part of it written there.</param>
/// <param name="OutputTokens">Output in all.</param>
/// <param name="ReasoningTokens">Part of it that was reasoning.</param>
/// <param name="Cost">In <paramref name="Currency"/>; null when tokens or price are not known.</param>
/// <param name="Currency">ISO 4217 code; empty without a cost.</param>
/// <param name="Estimated">The gateway counted the tokens.</param>
/// <param name="FirstTokenUs">From the start of the attempt; null when none came.</param>
/// <param name="InterTokenUs">Mean time from one token of a stream to the next; null when it was none.</param>
public sealed record UseEntry(
    string Provider, string Model, long? InputTokens, long? CachedInputTokens, long? CacheWriteTokens, long? OutputTokens, long? ReasoningTokens,
    decimal? Cost, string Currency, bool Estimated, long? FirstTokenUs, long? InterTokenUs)
{
    internal static UseEntry? Of(ModelUse? use) => use is null ? null : new(
        use.Provider, use.Model, use.InputTokens, use.InputTokens is null ? null : use.CachedInputTokens, use.InputTokens is null ? null : use.CacheWriteTokens, use.OutputTokens,
        use.OutputTokens is null ? null : use.ReasoningTokens, use.Cost, use.Cost is null ? "" : use.Currency, use.Estimated, use.FirstTokenUs < 0 ? null : use.FirstTokenUs, use.InterTokenUs < 0 ? null : use.InterTokenUs);
}
