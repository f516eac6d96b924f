using Tidegate.Insight.CallLog;

namespace Tidegate.Insight.Indicators;

/// <summary>Which calls of the call log an indicator counts, so that the log can be asked about it.</summary>
/// <param name="All">Those that count, good and bad.</param>
/// <param name="Bad">The bad ones among them.</param>
public sealed record IndicatorCalls(CallFilter All, CallFilter Bad);
