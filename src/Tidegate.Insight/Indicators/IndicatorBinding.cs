namespace Tidegate.Insight.Indicators;

/// <summary>An answered question: which series has the events.</summary>
/// <param name="Series">Name of the series; for a grouped indicator, what the names of its series begin with.</param>
/// <param name="Text">What is good, for people: <c>calls to orders answered within 300 ms</c>.</param>
/// <param name="IsGrouped">True when there is a series for each value of a dimension, named <c>SERIES=VALUE</c>.</param>
public record IndicatorBinding(string Series, string Text, bool IsGrouped = false)
{
    /// <summary>Which calls of the call log a series of it counts; null when it counts none, or when the log does not have what tells good from bad.</summary>
    public virtual IndicatorCalls? Calls(string series) => null;

    /// <summary>For a grouped indicator: the dimension of the call log that has its values; null when there is none.</summary>
    public virtual string? Dimension => null;

    /// <summary>The events are the gateway's own calls, counted as they end; otherwise they come in whole minutes, once these are over.</summary>
    public virtual bool CountsCalls => false;

    /// <summary>How far back those who ask look. A source that has a past brings it. Default: not at all.</summary>
    public TimeSpan History { get; init; }

    /// <summary>Longest window of their alerts: less than that must not be shown to them, or an alert would judge half of it. Default: none.</summary>
    public TimeSpan AlertWindow { get; init; }
}
