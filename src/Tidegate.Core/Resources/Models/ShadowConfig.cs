using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Budgets;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Models;

/// <summary>
/// A target that is sent copies of a model's calls, to be compared and never shown: each copy after its caller has been answered, as guardrails left the request. Conversations only.
/// </summary>
public sealed record ShadowConfig
{
    /// <summary>Provider it is asked at.</summary>
    [Reference("Provider")]
    public required string Provider { get; init; }

    /// <summary>Name of the model there.</summary>
    public required string Model { get; init; }

    /// <summary>Share of the calls that are mirrored, 0 to 1. Default 0.01; 0 mirrors none.</summary>
    [Range(0.0, 1.0)]
    public double Share { get; init; } = 0.01;

    /// <summary>Most money for copies in a day (UTC), such as <c>5.00 USD</c>, on this node. Calls that might exceed it, or whose price is not known in this currency, are not mirrored.</summary>
    [RegularExpression(MoneyText.Pattern)]
    public required string MaxCostPerDay { get; init; }

    /// <summary>Most calls at once that are being mirrored, from when they are chosen until they have been compared; while there are as many, others are not. Default 4.</summary>
    [Range(1, 1000)]
    public int MaxConcurrent { get; init; } = 4;

    /// <summary>Longest time for a copy. Default 60 s.</summary>
    [DurationRange("100ms", "1h")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
