using Tidegate.Core.Windows;
using Tidegate.Insight.Objectives.Compiling;

namespace Tidegate.Insight.Objectives;

/// <summary>An objective of an SLO, ready to be judged. Immutable; equal ones keep what they have seen when the configuration changes.</summary>
public sealed record Objective
{
    /// <summary>Unique: the SLO's name, with <c>/NAME</c> where it has several objectives and <c>=VALUE</c> where there is one for each value.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the SLO.</summary>
    public required string Slo { get; init; }

    /// <summary>Service it is promised for.</summary>
    public required string Service { get; init; }

    /// <summary>What it is called for people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What is good, for people.</summary>
    public required string Good { get; init; }

    /// <summary>Value of the dimension it is for; empty when it is for all.</summary>
    public string Group { get; init; } = "";

    /// <summary>Where its events come from.</summary>
    public required string Source { get; init; }

    /// <summary>Series of its events.</summary>
    public required string Series { get; init; }

    /// <summary>What its budget counts by.</summary>
    public required BudgetTerms Terms { get; init; }

    /// <summary>When to alert, most urgent first.</summary>
    public required AlertRules Alerts { get; init; }

    /// <summary>Times that do not count.</summary>
    internal ObjectiveExclusions Exclusions { get; init; } = ObjectiveExclusions.None;

    /// <summary><c>displayName</c> of the objective within its SLO; null where it has none.</summary>
    public string? Name { get; init; }

    /// <summary>Where it is written what to do; null when nowhere.</summary>
    public string? Runbook { get; init; }

    /// <summary>Where else one looks.</summary>
    internal ObjectiveLinks Links { get; init; } = ObjectiveLinks.None;

    /// <summary>Share of good events or slices that is promised.</summary>
    public double Target => Terms.Target;
}
