using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.OpenSlo.AlertConditions;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.OpenSlo.AlertPolicies;

/// <summary>A condition of an alert policy: the name of one, or written here.</summary>
public sealed record AlertPolicyConditionConfig
{
    /// <summary>Name of an <c>AlertCondition</c>.</summary>
    [Reference("AlertCondition")]
    public string? ConditionRef { get; init; }

    /// <summary><c>AlertCondition</c>, for a condition written here.</summary>
    [AllowedValues("AlertCondition")]
    public string? Kind { get; init; }

    /// <summary>Its name.</summary>
    public ResourceMetadata? Metadata { get; init; }

    /// <summary>What it says.</summary>
    public AlertConditionConfig? Spec { get; init; }
}
