using System.Text.Json.Serialization;

namespace Tidegate.Core.Resources.Objectives.Exclusions;

/// <summary>Why times do not count.</summary>
public enum ExclusionCause
{
    /// <summary>Announced work.</summary>
    [JsonStringEnumMemberName("maintenance")]
    Maintenance,

    /// <summary>The times outside of the hours that were promised.</summary>
    [JsonStringEnumMemberName("business_hours")]
    BusinessHours,

    /// <summary>A load test.</summary>
    [JsonStringEnumMemberName("load_test")]
    LoadTest,

    /// <summary>An experiment with faults.</summary>
    [JsonStringEnumMemberName("chaos")]
    Chaos,

    /// <summary>Something else; the reason says what.</summary>
    [JsonStringEnumMemberName("other")]
    Other,
}
