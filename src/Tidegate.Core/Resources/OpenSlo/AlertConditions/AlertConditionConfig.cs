using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.OpenSlo.AlertConditions;

/// <summary>Kind <c>AlertCondition</c> of OpenSLO v1: how fast a budget must burn for an alert.</summary>
public sealed record AlertConditionConfig
{
    /// <summary>What it means, at most 1,050 characters. Default empty.</summary>
    [MaxLength(1050)]
    public string Description { get; init; } = "";

    /// <summary>How urgent: <c>page</c>, <c>ticket</c>, or a word of your own.</summary>
    public required string Severity { get; init; }

    /// <summary>The condition.</summary>
    public required BurnConditionConfig Condition { get; init; }
}
