using System.Runtime.InteropServices;

namespace Tidegate.Operations.Delivery.Canary;

/// <summary>
/// Whether one of two samples tends to be greater: Mann and Whitney, "On a test of whether one of two random variables is stochastically larger than the other", Annals of Mathematical
/// Statistics 18, 1947, one-sided, by the normal approximation with ties and continuity corrected.
/// </summary>
/// <param name="U">Pairs in which the canary's value is the greater one; ties are halves.</param>
/// <param name="Probability">How often chance alone gives that many, when both are alike.</param>
/// <param name="Superiority">Share of pairs in which the canary's value is the greater one: 0.5 when both are alike.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RankTest(double U, double Probability, double Superiority)
{
    /// <summary>Compares. Neither sample may be empty.</summary>
    public static RankTest Of(IReadOnlyList<long> baseline, IReadOnlyList<long> canary)
    {
        double m = baseline.Count, n = canary.Count, all = m + n;
        var values = baseline.Select(v => (Value: v, IsCanary: false)).Concat(canary.Select(v => (Value: v, IsCanary: true))).OrderBy(v => v.Value).ToArray();
        double ranks = 0, ties = 0;
        for (var i = 0; i < values.Length;)
        {
            var end = i;
            while (end < values.Length && values[end].Value == values[i].Value) end++;
            double tied = end - i;
            ties += (tied * tied * tied) - tied;
            // Ranks i+1 to end; all of them have their mean.
            var rank = (i + 1 + end) / 2.0;
            for (; i < end; i++)
                if (values[i].IsCanary) ranks += rank;
        }

        var u = ranks - (n * (n + 1) / 2);
        var deviation = Math.Sqrt(m * n / 12 * (all + 1 - (ties / (all * (all - 1)))));
        // All values are the same: nothing is greater.
        var probability = deviation > 0 ? NormalTail.Above((u - (m * n / 2) - 0.5) / deviation) : 1;
        return new(u, probability, u / (m * n));
    }
}
