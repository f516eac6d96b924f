namespace Tidegate.Core.Resources.Objectives.Matchers;

/// <summary>What a label of an alert must be. Alerts of objectives carry <c>slo</c>, <c>objective</c>, <c>service</c> and <c>severity</c>; alerts from outside carry their own.</summary>
public sealed record MatcherConfig
{
    /// <summary>Name of the label.</summary>
    public required string Name { get; init; }

    /// <summary>How its value is compared, as in Alertmanager: <c>=</c> (default), <c>!=</c>, <c>=~</c>, <c>!~</c>.</summary>
    public MatcherOperator Op { get; init; } = MatcherOperator.Equal;

    /// <summary>The value, or the regular expression that must fit the whole of it. A label that is not there is empty.</summary>
    public required string Value { get; init; }
}
