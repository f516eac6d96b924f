namespace Tidegate.Insight.Indicators;

/// <summary>An answered question: which series has the events.</summary>
/// <param name="Series">Name of the series; for a grouped indicator, what the names of its series begin with.</param>
/// <param name="Text">What is good, for people: <c>calls to orders answered within 300 ms</c>.</param>
/// <param name="IsGrouped">True when there is a series for each value of a dimension, named <c>SERIES=VALUE</c>.</param>
public record IndicatorBinding(string Series, string Text, bool IsGrouped = false);
