namespace Tidegate.Operations.Delivery.Canary;

/// <summary>All that is known of a canary on its step.</summary>
internal sealed record CanaryEvidence
{
    /// <summary>Failures of the service.</summary>
    public FailureEvidence Failures { get; init; } = new();

    /// <summary>Answers of 4xx.</summary>
    public FailureEvidence ClientErrors { get; init; } = new();

    /// <summary>Durations of good answers.</summary>
    public LatencyEvidence Latency { get; init; } = new();

    /// <summary>With all calls counted by now.</summary>
    public CanaryEvidence At(CanaryCounts baseline, CanaryCounts canary) =>
        this with { Failures = Failures.At(baseline.Failures, canary.Failures), ClientErrors = ClientErrors.At(baseline.Refusals, canary.Refusals) };
}
