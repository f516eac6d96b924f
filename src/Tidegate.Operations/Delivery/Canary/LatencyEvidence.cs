namespace Tidegate.Operations.Delivery.Canary;

/// <summary>
/// Evidence that a canary is slower than its baseline. It is looked for only when the canary has half as many samples again, and each look may spend a part of the false alarms only
/// (Lan and DeMets, "Discrete sequential boundaries for clinical trials", Biometrika 70, 1983): look k, from 0, a / ((k + 1)(k + 2)), which is a for all looks together, however many there
/// are, by the sum of their probabilities.
/// </summary>
internal sealed record LatencyEvidence
{
    /// <summary>Samples of the canary at the first look.</summary>
    public const int First = 50;

    private const double Growth = 1.5;

    /// <summary>Looks so far.</summary>
    public int Looks { get; init; }

    /// <summary>Samples of the canary at the next look.</summary>
    public int Next { get; init; } = First;

    /// <summary>Samples of baseline and canary at the last look.</summary>
    public int BaselineSamples { get; init; }

    /// <inheritdoc cref="BaselineSamples"/>
    public int CanarySamples { get; init; }

    /// <summary>Median duration of the baseline at the last look, in microseconds.</summary>
    public long BaselineMedian { get; init; }

    /// <summary>The same of the canary.</summary>
    public long CanaryMedian { get; init; }

    /// <summary>How often chance alone gives such a difference; of the last look.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>What the last look could spend.</summary>
    public double Spent { get; init; }

    /// <summary>Share of pairs in which the canary's call was the slower one.</summary>
    public double Superiority { get; init; } = 0.5;

    /// <summary>True when a look found the canary slower: it stays found.</summary>
    public bool IsSlower { get; init; }

    /// <summary>How much longer the canary's median is, as a share of the baseline's; 0 before the first look.</summary>
    public double Slowdown => BaselineMedian == 0 ? 0 : ((double)CanaryMedian / BaselineMedian) - 1;

    /// <summary>Whether a look is due.</summary>
    public bool IsDue(long samples) => samples >= Next;

    /// <summary>With another look.</summary>
    /// <param name="baseline">Durations of the baseline.</param>
    /// <param name="canary">Durations of the canary.</param>
    /// <param name="samples">All that there were of the canary, of which these may be some.</param>
    /// <param name="falseAlarms">Share of canaries like their baseline that all looks together may find slower.</param>
    public LatencyEvidence Look(IReadOnlyList<long> baseline, IReadOnlyList<long> canary, long samples, double falseAlarms)
    {
        if (baseline.Count == 0 || canary.Count == 0) return this;
        var found = RankTest.Of(baseline, canary);
        var spent = falseAlarms / ((Looks + 1.0) * (Looks + 2.0));
        return new LatencyEvidence
        {
            Looks = Looks + 1, Next = (int)Math.Min(int.MaxValue / 2, Math.Ceiling(samples * Growth)), BaselineSamples = baseline.Count, CanarySamples = canary.Count,
            BaselineMedian = Median(baseline), CanaryMedian = Median(canary), Probability = found.Probability, Spent = spent, Superiority = found.Superiority,
            IsSlower = IsSlower || found.Probability <= spent,
        };
    }

    private static long Median(IReadOnlyList<long> values) => values.Order().ElementAt((values.Count - 1) / 2);
}
