using System.Text.Json.Serialization;

namespace Tidegate.Insight.Objectives;

/// <summary>A value of a dimension, and how much of the burn it explains.</summary>
/// <param name="Dimension"><c>version</c>, <c>region</c>, <c>provider</c>, <c>consumer</c>, <c>outcome</c>, ...</param>
/// <param name="Value">The value.</param>
/// <param name="Share">Share of the additional bad events that it explains, 0 to 1.</param>
/// <param name="BadRatio">Its share of bad events during the burn; of an outcome: the share of all events that were bad with it.</param>
/// <param name="BaselineRatio">The same before.</param>
public sealed record AlertContributor(string Dimension, string Value, double Share, double BadRatio, double BaselineRatio)
{
    /// <summary>Dimension of the classes of error.</summary>
    internal const string Outcome = "outcome";

    /// <summary>True where the ratios are shares of all events, not of those with the value: an outcome.</summary>
    [JsonIgnore]
    public bool IsOfAll => Dimension == Outcome;
}
