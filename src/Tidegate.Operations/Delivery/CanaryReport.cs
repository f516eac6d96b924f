namespace Tidegate.Operations.Delivery;

/// <summary>A canary compared with its baseline.</summary>
/// <param name="At">When.</param>
/// <param name="Verdict">Fail when one of the tests fails, pass when all of them pass.</param>
/// <param name="Summary">In a sentence.</param>
/// <param name="BaselineCalls">Calls of the baseline that were judged.</param>
/// <param name="CanaryCalls">Calls of the canary that were judged.</param>
/// <param name="Tests">What it was compared by.</param>
public sealed record CanaryReport(DateTimeOffset At, CanaryVerdict Verdict, string Summary, long BaselineCalls, long CanaryCalls, IReadOnlyList<CanaryTest> Tests)
{
    /// <summary>Share of the calls of the last minutes that the node saw which judges; 1 where there is no other, null where it is not known. The calls of other nodes are not compared.</summary>
    public double? Seen { get; init; } = 1;
}
