namespace Tidegate.Insight.CallLog;

/// <summary>What models used and cost in some calls.</summary>
/// <param name="InputTokens">Sum over the calls whose tokens are known.</param>
/// <param name="OutputTokens">The same.</param>
/// <param name="Cost">Of all attempts; null when none is known, or when there are several currencies.</param>
/// <param name="Currency">ISO 4217 code; empty without a cost.</param>
/// <param name="CostUnknown">Calls that are missing in the cost.</param>
public sealed record UseNumbers(long InputTokens, long OutputTokens, decimal? Cost, string Currency, long CostUnknown);
