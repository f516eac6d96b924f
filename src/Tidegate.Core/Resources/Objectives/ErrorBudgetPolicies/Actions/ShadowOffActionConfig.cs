using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

/// <summary><c>shadow_off</c>: no copies of calls are sent.</summary>
[Variant("shadow_off")]
public sealed record ShadowOffActionConfig : TrafficActionConfig
{
    /// <summary>Model aliases that stop sending copies.</summary>
    [MinLength(1)]
    [Reference("Model")]
    public required IReadOnlyList<string> Models { get; init; }
}
