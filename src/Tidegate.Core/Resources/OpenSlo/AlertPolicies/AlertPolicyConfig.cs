using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.OpenSlo.AlertPolicies;

/// <summary>Kind <c>AlertPolicy</c> of OpenSLO v1: on which condition who is told.</summary>
public sealed record AlertPolicyConfig
{
    /// <summary>What it is for, at most 1,050 characters. Default empty.</summary>
    [MaxLength(1050)]
    public string Description { get; init; } = "";

    /// <summary>Whether it alerts when there is no data. Default false.</summary>
    public bool AlertWhenNoData { get; init; }

    /// <summary>Whether it tells of the end. Default false.</summary>
    public bool AlertWhenResolved { get; init; }

    /// <summary>Whether it alerts while the condition holds. Default false, as OpenSLO has it: a policy that says none of the three is silent.</summary>
    public bool AlertWhenBreaching { get; init; }

    /// <summary>The condition: exactly one.</summary>
    [MinLength(1)]
    public required IReadOnlyList<AlertPolicyConditionConfig> Conditions { get; init; }

    /// <summary>Who is told.</summary>
    [MinLength(1)]
    public required IReadOnlyList<AlertPolicyTargetConfig> NotificationTargets { get; init; }
}
