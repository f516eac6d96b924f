using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.OpenSlo.Slis;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.OpenSlo.Slos;

/// <summary>Kind <c>SLO</c> of OpenSLO v1: how good a service shall be, over which time, counted how.</summary>
public sealed record SloConfig
{
    /// <summary>What it is for, at most 1,050 characters. Default empty.</summary>
    [MaxLength(1050)]
    public string Description { get; init; } = "";

    /// <summary>Service it belongs to: a <c>Service</c> of Tidegate or of OpenSLO.</summary>
    [Reference("Service", "openslo.Service", ByRule = true)]
    public required string Service { get; init; }

    /// <summary>The indicator, written here. Either this or <see cref="IndicatorRef"/>, or each objective has its own.</summary>
    public InlineSliConfig? Indicator { get; init; }

    /// <summary>Name of the <c>SLI</c> that is the indicator.</summary>
    [Reference("SLI")]
    public string? IndicatorRef { get; init; }

    /// <summary>The time over which the objectives hold: exactly one.</summary>
    public IReadOnlyList<TimeWindowConfig> TimeWindow { get; init; } = [];

    /// <summary>How the budget is counted: <c>Occurrences</c>, <c>Timeslices</c> or <c>RatioTimeslices</c>.</summary>
    public required BudgetingMethod BudgetingMethod { get; init; }

    /// <summary>The targets.</summary>
    [MinLength(1)]
    public required IReadOnlyList<SloObjectiveConfig> Objectives { get; init; }

    /// <summary>When it alerts: names of <c>AlertPolicy</c> or <c>AlertSet</c> objects, or policies written here. <c>none</c>: never. Empty (default): the built-in set nearest to the window.</summary>
    public IReadOnlyList<SloAlertPolicyConfig> AlertPolicies { get; init; } = [];
}
