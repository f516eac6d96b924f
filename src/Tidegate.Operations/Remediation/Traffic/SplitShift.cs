using Tidegate.Core.Resources.Routes;

namespace Tidegate.Operations.Remediation.Traffic;

/// <summary>Moves a split towards another as far as bounds allow: on the straight line between them, so that all branches move in proportion.</summary>
internal static class SplitShift
{
    /// <summary>Weights sum up to this: a hundredth of a percent is the finest.</summary>
    private const int Whole = 10_000;

    /// <summary>Shares in percent, before and after, by branch; the branches of both splits. After is before where nothing may move.</summary>
    public static IReadOnlyList<(SplitConfig Branch, double Before, double After)> Of(IReadOnlyList<SplitConfig> before, IReadOnlyList<SplitConfig> wanted, double maxShift, double minShare)
    {
        var branches = before.Concat(wanted).Select(b => (b.Service, b.Version)).Distinct().Select(key => (Key: key, Before: Share(before, key), Wanted: Share(wanted, key))).ToList();
        var step = 1.0;
        foreach (var (_, now, goal) in branches)
        {
            var move = Math.Abs(goal - now);
            if (move > maxShift) step = Math.Min(step, maxShift / move);
            // Whoever has less than the least share keeps what it has.
            if (goal < now && goal < minShare) step = Math.Min(step, Math.Max(0, now - minShare) / move);
        }

        return [.. branches.Select(b => (new SplitConfig { Service = b.Key.Service, Version = b.Key.Version }, b.Before, b.Before + (step * (b.Wanted - b.Before))))];
    }

    /// <summary>Shares as the weights of a split.</summary>
    public static IReadOnlyList<SplitConfig> Weights(IEnumerable<(SplitConfig Branch, double Before, double After)> shares) =>
        [.. shares.Select(s => s.Branch with { Weight = (int)Math.Round(s.After / 100 * Whole) })];

    private static double Share(IReadOnlyList<SplitConfig> split, (string Service, string? Version) key)
    {
        var all = split.Sum(b => (double)b.Weight);
        return all == 0 ? 0 : split.Where(b => (b.Service, b.Version) == key).Sum(b => (double)b.Weight) / all * 100;
    }
}
