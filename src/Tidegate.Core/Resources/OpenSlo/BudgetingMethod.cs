using System.Text.Json.Serialization;

namespace Tidegate.Core.Resources.OpenSlo;

/// <summary>How an error budget is counted.</summary>
public enum BudgetingMethod
{
    /// <summary>Good events of all events.</summary>
    [JsonStringEnumMemberName("Occurrences")]
    Occurrences,

    /// <summary>Slices of time that met <c>timeSliceTarget</c> of all slices.</summary>
    [JsonStringEnumMemberName("Timeslices")]
    Timeslices,

    /// <summary>The mean of the slices' ratios.</summary>
    [JsonStringEnumMemberName("RatioTimeslices")]
    RatioTimeslices,
}
