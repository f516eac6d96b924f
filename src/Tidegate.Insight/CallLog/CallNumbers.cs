namespace Tidegate.Insight.CallLog;

/// <summary>What is counted of some calls. Percentiles are exact, over the single calls (nearest rank); null without calls.</summary>
/// <param name="Count">Calls.</param>
/// <param name="Errors">Calls whose outcome counts against the service.</param>
/// <param name="ErrorRatio">Errors per call, 0 to 1; null without calls.</param>
/// <param name="P50Us">Median duration.</param>
/// <param name="P90Us">90th percentile.</param>
/// <param name="P95Us">95th percentile.</param>
/// <param name="P99Us">99th percentile.</param>
/// <param name="MaxUs">Longest.</param>
/// <param name="TotalUs">Sum of durations.</param>
/// <param name="RequestBytes">Body bytes from callers.</param>
/// <param name="ResponseBytes">Body bytes to callers.</param>
public sealed record CallNumbers(
    long Count, long Errors, double? ErrorRatio, long? P50Us, long? P90Us, long? P95Us, long? P99Us, long? MaxUs, long TotalUs, long RequestBytes, long ResponseBytes)
{
    /// <summary>Of no calls.</summary>
    public static CallNumbers None { get; } = new(0, 0, null, null, null, null, null, null, 0, 0, 0);
}
