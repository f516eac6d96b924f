namespace Tidegate.Insight.Objectives.Attributing;

/// <summary>Bad events by value.</summary>
/// <param name="Source">Where they are from.</param>
/// <param name="Bad">When, which value, how many.</param>
/// <param name="Reason">What is missing; empty when nothing is.</param>
internal sealed record AttributionParts(string Source, IReadOnlyList<(DateTimeOffset At, string Key, double Bad)> Bad, string Reason)
{
    /// <summary>What the values are, for people; empty where they say it themselves.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Nothing is known, for a reason.</summary>
    public static AttributionParts None(string reason) => new("none", [], reason);
}
