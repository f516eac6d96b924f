using Tidegate.Core.Resources.OpenSlo.AlertPolicies;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.OpenSlo.Slos;

/// <summary>When an SLO alerts: the name of a policy, or a policy written here.</summary>
public sealed record SloAlertPolicyConfig
{
    /// <summary>Name of an <c>AlertPolicy</c>, or of an <c>AlertSet</c> or built-in set of Tidegate.</summary>
    [Shorthand]
    [Reference("AlertPolicy", "AlertSet", ByRule = true)]
    public string? AlertPolicyRef { get; init; }

    /// <summary><c>AlertPolicy</c>, for a policy written here.</summary>
    [System.ComponentModel.DataAnnotations.AllowedValues("AlertPolicy")]
    public string? Kind { get; init; }

    /// <summary>Its name.</summary>
    public ResourceMetadata? Metadata { get; init; }

    /// <summary>What it says.</summary>
    public AlertPolicyConfig? Spec { get; init; }
}
