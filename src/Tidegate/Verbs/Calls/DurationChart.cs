using Spectre.Console;

namespace Tidegate.Verbs.Calls;

/// <summary>Durations as people read them, and how many calls took how long.</summary>
internal static class DurationChart
{
    private const int Width = 50;

    // 1-2-5 steps: every bar covers about the same ratio, so a slow tail is as visible as the bulk.
    private static readonly long[] StepsUs =
        [200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 30_000_000, long.MaxValue];

    /// <summary>Microseconds as <c>870 us</c>, <c>12.4 ms</c>, <c>3.10 s</c>; null as nothing.</summary>
    public static string Text(long? microseconds) => microseconds switch
    {
        null => "",
        < 1_000 => $"{microseconds} us",
        < 1_000_000 => $"{microseconds / 1_000.0:0.0} ms",
        _ => $"{microseconds / 1_000_000.0:0.00} s",
    };

    /// <summary>A bar for each step that has calls, and those between.</summary>
    public static IReadOnlyList<DurationBucket> Buckets(IEnumerable<long> durationsUs)
    {
        var counts = new int[StepsUs.Length];
        foreach (var duration in durationsUs) counts[Array.FindIndex(StepsUs, step => duration <= step)]++;
        var first = Array.FindIndex(counts, c => c > 0);
        if (first < 0) return [];
        return [.. Enumerable.Range(first, Array.FindLastIndex(counts, c => c > 0) - first + 1).Select(i => new DurationBucket(StepsUs[i] == long.MaxValue ? null : StepsUs[i], counts[i]))];
    }

    /// <summary>Draws them, a line each.</summary>
    public static void Draw(IAnsiConsole screen, IReadOnlyList<DurationBucket> buckets)
    {
        if (buckets.Count == 0) screen.WriteLine("No such calls.");
        foreach (var line in Lines(buckets)) screen.WriteLine(line);
    }

    /// <summary>The lines of the drawing.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<DurationBucket> buckets)
    {
        var most = buckets.Max(b => (int?)b.Calls) ?? 1;
        foreach (var (upTo, calls) in buckets)
        {
            var bar = new string('#', (int)Math.Ceiling(calls * (double)Width / most));
            yield return $"{(upTo is null ? "  longer" : $"<= {Text(upTo)}"),12} {calls,6} {bar}".TrimEnd();
        }
    }
}
