using System.Text.Json.Serialization;

namespace Tidegate.Core.Resources.Objectives.CompositeSlos;

/// <summary>How parts make a whole.</summary>
public enum CompositeMethod
{
    /// <summary>The mean of the parts' ratios in each minute, by weight.</summary>
    [JsonStringEnumMemberName("weighted")]
    Weighted,

    /// <summary>A minute is as good as its worst part: strict, for journeys that need every step.</summary>
    [JsonStringEnumMemberName("any_bad")]
    AnyBad,
}
