using System.Collections.Concurrent;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;

namespace Tidegate.Insight.Indicators.Counting;

/// <summary>Which cells count which calls, for one configuration. Cells belong to series and outlive it.</summary>
internal sealed class CounterTable(IReadOnlyList<CallIndicator> indicators, ConfigDocument document, ConcurrentDictionary<string, CounterCell> cells)
{
    /// <summary>Combinations of values are made by callers, too (keys, models): beyond this many they are looked up anew for every call, which costs time, not counts.</summary>
    private const int MostClasses = 100_000;

    /// <summary>Values of a grouped indicator: more of them count together as <see cref="Others"/>, which is shown.</summary>
    private const int MostGroups = 1_000;

    /// <summary>Group of the values beyond the most.</summary>
    public const string Others = "(others)";

    private readonly ConcurrentDictionary<CallClass, CounterCell[]> _classes = new();
    private readonly ConcurrentDictionary<(string Series, string Group), byte> _groups = new();
    private readonly DimensionNames _names = new(document);

    public IReadOnlyList<CallIndicator> Indicators { get; } = indicators;

    public void Count(CallRecord record)
    {
        var of = CallClass.Of(record);
        if (!_classes.TryGetValue(of, out var matching)) matching = Find(of);
        foreach (var cell in matching) cell.Count(record);
    }

    private CounterCell[] Find(CallClass of)
    {
        var matching = new List<CounterCell>();
        foreach (var indicator in Indicators)
        {
            if (!Matches(indicator, of)) continue;
            var group = indicator.GroupBy is { } by ? GroupOf(indicator, of.Value(by, _names)) : "";
            var series = indicator.GroupBy is null ? indicator.SeriesName : $"{indicator.SeriesName}={group}";
            matching.Add(cells.GetOrAdd(series, static (name, made) => new CounterCell(made.Indicator, name, made.Group), (Indicator: indicator, Group: group)));
        }

        var found = matching.ToArray();
        if (_classes.Count < MostClasses) _classes.TryAdd(of, found);
        return found;
    }

    private string GroupOf(CallIndicator indicator, string value)
    {
        if (_groups.ContainsKey((indicator.SeriesName, value))) return value;
        if (_groups.Keys.Count(g => g.Series == indicator.SeriesName) >= MostGroups) return Others;
        _groups.TryAdd((indicator.SeriesName, value), 0);
        return value;
    }

    private bool Matches(CallIndicator indicator, CallClass of)
    {
        foreach (var (dimension, values) in indicator.Where)
            if (!values.Contains(of.Value(dimension, _names), StringComparer.Ordinal)) return false;
        return true;
    }
}
