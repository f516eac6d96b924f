using Spectre.Console;
using Tidegate.Insight.CallLog;

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

    /// <summary>Draws one line per step that has calls, and those between.</summary>
    public static void Draw(IAnsiConsole screen, IReadOnlyCollection<CallEntry> calls)
    {
        if (calls.Count == 0)
        {
            screen.WriteLine("No such calls.");
            return;
        }

        foreach (var line in Lines([.. calls.Select(c => c.DurationUs)])) screen.WriteLine(line);
    }

    /// <summary>The lines of the drawing.</summary>
    public static IEnumerable<string> Lines(IReadOnlyCollection<long> durationsUs)
    {
        var counts = new int[StepsUs.Length];
        foreach (var duration in durationsUs) counts[Array.FindIndex(StepsUs, step => duration <= step)]++;
        var first = Array.FindIndex(counts, c => c > 0);
        var last = Array.FindLastIndex(counts, c => c > 0);
        for (var i = first; i >= 0 && i <= last; i++)
        {
            var label = StepsUs[i] == long.MaxValue ? "  longer" : $"<= {Text(StepsUs[i])}";
            var bar = new string('#', (int)Math.Ceiling(counts[i] * (double)Width / counts.Max()));
            yield return $"{label,12} {counts[i],6} {bar}".TrimEnd();
        }
    }
}
