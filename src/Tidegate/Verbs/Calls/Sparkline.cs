namespace Tidegate.Verbs.Calls;

/// <summary>Values over time as one line of bars.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>One bar per value, from zero to the largest; what is more than nothing is higher than nothing. A value that is not there is a blank.</summary>
    public static string Of(IReadOnlyList<double?> values)
    {
        var largest = values.Max() ?? 0;
        return string.Concat(values.Select(value => value is not { } v ? ' ' : Bars[largest > 0 ? (int)Math.Ceiling(v / largest * (Bars.Length - 1)) : 0]));
    }
}
