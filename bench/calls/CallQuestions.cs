using System.Diagnostics;
using System.Globalization;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Querying;

namespace Tidegate.Benchmarks.Calls;

/// <summary>How long questions to a large call log take, asked as the API asks them.</summary>
internal static class CallQuestions
{
    private static readonly (string Name, Func<CallStore, Task<string>> Ask)[] All =
    [
        ("p50 to p99 per minute by route", async store => Points(await store.SeriesAsync(Series(TimeSpan.FromMinutes(1), "route", limit: 20), default))),
        ("the same per minute, all routes", async store => Points(await store.SeriesAsync(Series(TimeSpan.FromMinutes(1), null, limit: 1), default))),
        ("one hour per minute by route", async store => Points(await store.SeriesAsync(Series(TimeSpan.FromMinutes(1), "route", limit: 20) with { From = ManyCalls.Begin.AddHours(5), Until = ManyCalls.Begin.AddHours(6) }, default))),
        ("top 10 consumers by p99", async store => $"{(await store.TopAsync(new() { By = "consumer", Measure = "p99" }, default)).Count} values"),
        ("newest 100 that failed", async store => $"{(await store.ListAsync(new() { Filter = CallFilter.Parse("failed = true") }, default)).Items.Count} calls"),
    ];

    /// <summary>Asks every question some times and prints least and median.</summary>
    public static async Task RunAsync(int records, string directory, int runs)
    {
        var options = new CallLogOptions { Directory = Path.GetFullPath(directory), QueryLimit = TimeSpan.FromMinutes(2) };
        var began = Stopwatch.GetTimestamp();
        using var archive = ManyCalls.Open(options, records);
        var calls = archive.Segments.Sum(segment => segment.Calls);
        Print($"{calls:N0} calls in {archive.Segments.Count} segments, {archive.Bytes / 1e6:0} MB; opened or written in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s; {Environment.ProcessorCount} processors");
        using var runner = new QueryRunner(archive, options);
        var store = new CallStore(archive, runner, null!, null!); // no SQL here, and nothing is erased
        foreach (var (name, ask) in All)
        {
            var times = new double[runs];
            var answer = "";
            for (var run = 0; run < runs; run++)
            {
                var asked = Stopwatch.GetTimestamp();
                answer = await ask(store);
                times[run] = Stopwatch.GetElapsedTime(asked).TotalSeconds;
            }
            Array.Sort(times);
            Print($"{name,-34} least {times[0]:0.000} s  median {times[runs / 2]:0.000} s  most {times[^1]:0.000} s  ({answer})");
        }
    }

    private static CallSeriesQuery Series(TimeSpan step, string? by, int limit) => new() { From = ManyCalls.Begin, Until = ManyCalls.Begin + ManyCalls.Length, Step = step, By = by, Limit = limit };

    private static string Points(CallSeries series) => $"{series.Lines.Sum(line => line.Points.Count)} points";

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
