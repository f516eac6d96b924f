namespace Tidegate.Insight.Objectives.Compiling;

/// <summary>An objective for each value of a dimension: made when the value is seen.</summary>
/// <param name="Pattern">The objective without its value.</param>
internal sealed record GroupedObjective(Objective Pattern)
{
    public string Slo => Pattern.Slo;

    /// <summary>What the names of its series begin with.</summary>
    public string Series => Pattern.Series;

    /// <summary>The objective of a series.</summary>
    public Objective For(string series)
    {
        var value = series[(Series.Length + 1)..];
        return Pattern with { Id = $"{Pattern.Id}={value}", Group = value, Series = series, DisplayName = $"{Pattern.DisplayName} ({value})", Good = $"{Pattern.Good}, {value}" };
    }
}
