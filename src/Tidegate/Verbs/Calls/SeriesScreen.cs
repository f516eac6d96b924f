using Spectre.Console;
using Tidegate.Cli;
using Tidegate.Core.Resources.Schema;
using Tidegate.Insight.CallLog;

namespace Tidegate.Verbs.Calls;

/// <summary>Series for people: a table of the steps that have calls and, on a terminal, a line of bars per measure of each series.</summary>
internal static class SeriesScreen
{
    private const int Label = 10; // "  errors  "
    private const int Range = 24; // "  870.1 ms to 999.9 ms"

    private static readonly (string Name, Func<CallNumbers, double?> Value, Func<double, string> Text)[] Measures =
    [
        ("calls", n => n.Count, v => $"{v:0}"),
        ("errors", n => n.ErrorRatio, v => v.ToString("P1")),
        ("p50", n => n.P50Us, Took),
        ("p90", n => n.P90Us, Took),
        ("p95", n => n.P95Us, Took),
        ("p99", n => n.P99Us, Took),
    ];

    public static void Draw(IAnsiConsole screen, CallSeries series, bool isTerminal)
    {
        screen.Write(Tables.Of(Rows(series), Columns(series)));
        if (isTerminal) DrawBars(screen, series);
    }

    private static IEnumerable<(CallSeriesLine Line, CallSeriesPoint Point)> Rows(CallSeries series) =>
        series.Lines.SelectMany(line => line.Points.Where(point => point.Numbers.Count > 0).Select(point => (line, point))).OrderBy(row => row.point.At);

    private static List<Column<(CallSeriesLine Line, CallSeriesPoint Point)>> Columns(CallSeries series) =>
    [
        new("TIME", r => r.Point.At.ToString("yyyy-MM-dd HH:mm:ss'Z'")),
        .. series.By is { } by ? new Column<(CallSeriesLine Line, CallSeriesPoint Point)>[] { new(by.ToUpperInvariant(), r => Name(r.Line)) } : [],
        new("CALLS", r => r.Point.Numbers.Count.ToString()) { Right = true },
        new("ERRORS", r => r.Point.Numbers.ErrorRatio?.ToString("P1")) { Right = true, Style = r => r.Point.Numbers.Errors > 0 ? "red" : null },
        new("P50", r => DurationChart.Text(r.Point.Numbers.P50Us)) { Right = true },
        new("P90", r => DurationChart.Text(r.Point.Numbers.P90Us)) { Right = true },
        new("P95", r => DurationChart.Text(r.Point.Numbers.P95Us)) { Right = true },
        new("P99", r => DurationChart.Text(r.Point.Numbers.P99Us)) { Right = true },
    ];

    private static void DrawBars(IAnsiConsole screen, CallSeries series)
    {
        // As many steps to a bar as it takes to fit on a line.
        var room = Math.Max(10, screen.Profile.Width - Label - Range);
        var steps = (series.Lines.Max(line => line.Points.Count) + room - 1) / room;
        var bar = Duration.TryParse(series.Step, out var step) ? Duration.Format(step * steps) : series.Step;
        screen.WriteLine();
        screen.WriteLine($"{series.From:yyyy-MM-dd HH:mm:ss'Z'} to {series.Until.ToString(series.Until.UtcDateTime.Date == series.From.UtcDateTime.Date ? "HH:mm:ss'Z'" : "yyyy-MM-dd HH:mm:ss'Z'")}, {bar} per bar");
        foreach (var line in series.Lines)
        {
            var all = Together([.. line.Points.Select(point => point.Numbers)]);
            screen.WriteLine($"{PlainText.Of(Name(line))}  {all.Count} {(all.Count == 1 ? "call" : "calls")}, {all.ErrorRatio ?? 0:P1} errors");
            var bars = line.Points.Chunk(steps).Select(points => Together([.. points.Select(point => point.Numbers)])).ToList();
            foreach (var (name, value, text) in Measures)
            {
                List<double?> values = [.. bars.Select(value)];
                if (values.Max() is not { } largest) continue;
                var smallest = values.Min()!.Value;
                screen.WriteLine($"  {name,-8}{Sparkline.Of(values)}  {(text(smallest) == text(largest) ? text(largest) : $"{text(smallest)} to {text(largest)}")}");
            }
        }
    }

    // Counts add up. Percentiles do not: of steps that share a bar the worst is shown.
    private static CallNumbers Together(IReadOnlyList<CallNumbers> numbers)
    {
        var (count, errors) = (numbers.Sum(n => n.Count), numbers.Sum(n => n.Errors));
        return CallNumbers.None with
        {
            Count = count,
            Errors = errors,
            ErrorRatio = count == 0 ? null : (double)errors / count,
            P50Us = numbers.Max(n => n.P50Us),
            P90Us = numbers.Max(n => n.P90Us),
            P95Us = numbers.Max(n => n.P95Us),
            P99Us = numbers.Max(n => n.P99Us),
        };
    }

    private static string Took(double microseconds) => DurationChart.Text((long)microseconds);

    private static string Name(CallSeriesLine line) => line switch
    {
        { Rest: true } => "(other)",
        { Key: null } => "(all)",
        { Key: "" } => "(none)",
        _ => line.Key,
    };
}
