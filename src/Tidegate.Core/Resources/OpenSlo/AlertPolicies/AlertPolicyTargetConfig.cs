using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.OpenSlo.AlertNotificationTargets;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.OpenSlo.AlertPolicies;

/// <summary>Who an alert policy tells: the name of a target, or written here.</summary>
public sealed record AlertPolicyTargetConfig
{
    /// <summary>Name of an <c>AlertNotificationTarget</c>.</summary>
    [Reference("AlertNotificationTarget")]
    public string? TargetRef { get; init; }

    /// <summary><c>AlertNotificationTarget</c>, for a target written here.</summary>
    [AllowedValues("AlertNotificationTarget")]
    public string? Kind { get; init; }

    /// <summary>Its name.</summary>
    public ResourceMetadata? Metadata { get; init; }

    /// <summary>What it says.</summary>
    public AlertNotificationTargetConfig? Spec { get; init; }
}
