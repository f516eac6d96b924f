namespace Tidegate.Operations.Delivery.Canary;

/// <summary>
/// Evidence that a canary fails more often than its baseline, which may be looked at after every block of calls: an e-process for two proportions (Turner, Ly, Grünwald,
/// "Generic E-variables for exact sequential k-sample tests that allow for optional stopping", Journal of Statistical Planning and Inference 230, 2024). While both fail alike, however
/// often that is, its expectation is at most 1 whenever one stops, so that it ever reaches 1/a with a probability of at most a (Ville's inequality); nothing is approximated, and few calls
/// need no correction. How much worse the canary would be is not known, so the evidence is the mean over some differences.
/// </summary>
internal sealed record FailureEvidence
{
    // Roughly equal steps on a log scale: whatever the true difference is, one of them is near it.
    private static readonly double[] Differences = [0.003, 0.01, 0.03, 0.1, 0.3, 0.9];
    private const double Least = 1e-4, Greatest = 0.99;

    // The baseline before its first call: 1 % fail, worth 50 calls. Whatever it is, it only costs time, never validity.
    private const double PriorBad = 0.5, PriorAll = 50;

    /// <summary>Calls of the baseline so far.</summary>
    public FailureCount Baseline { get; init; }

    /// <summary>Calls of the canary so far.</summary>
    public FailureCount Canary { get; init; }

    /// <summary>Natural logarithm of the evidence for each difference.</summary>
    public IReadOnlyList<double> Logs { get; init; } = [.. Differences.Select(_ => 0.0)];

    /// <summary>Natural logarithm of the evidence: how many times better "the canary is worse" explains what was seen than "both are alike".</summary>
    public double Log
    {
        get
        {
            var most = Logs.Max();
            return most + Math.Log(Logs.Sum(l => Math.Exp(l - most)) / Logs.Count);
        }
    }

    /// <summary>Share of failed calls of the canary beyond that of the baseline; 0 while one of them has none.</summary>
    public double Difference => Canary.Ratio - Baseline.Ratio ?? 0;

    /// <summary>With all calls counted by now: those since the last look are the next block.</summary>
    public FailureEvidence At(FailureCount baseline, FailureCount canary)
    {
        var (a, b) = (baseline.Since(Baseline), canary.Since(Canary));
        // Known before the block is: that is what makes the evidence valid.
        var usual = Math.Clamp((Baseline.Bad + PriorBad) / (Baseline.All + PriorAll), Least, Greatest - 0.01);
        return new FailureEvidence { Baseline = baseline, Canary = canary, Logs = [.. Differences.Select((d, i) => Logs[i] + LogRatio(usual, Math.Min(usual + d, Greatest), a, b))] };
    }

    /// <summary>Logarithm of the likelihood ratio of a block: shares of failures of baseline and canary against one share for both, their mean by numbers of calls.</summary>
    public static double LogRatio(double baselineShare, double canaryShare, FailureCount baseline, FailureCount canary)
    {
        if (baseline.All == 0 || canary.All == 0) return 0; // nothing to compare with
        var both = ((baselineShare * baseline.All) + (canaryShare * canary.All)) / (baseline.All + canary.All);
        return Of(baselineShare, both, baseline) + Of(canaryShare, both, canary);
    }

    private static double Of(double share, double both, FailureCount count) => (count.Bad * Math.Log(share / both)) + ((count.All - count.Bad) * Math.Log((1 - share) / (1 - both)));
}
