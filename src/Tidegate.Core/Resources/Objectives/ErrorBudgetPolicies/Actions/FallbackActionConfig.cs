using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

/// <summary><c>fallback</c>: model aliases go to the targets of their first fallback for errors.</summary>
[Variant("fallback")]
public sealed record FallbackActionConfig : TrafficActionConfig
{
    /// <summary>The aliases.</summary>
    [MinLength(1)]
    [Reference("Model")]
    public required IReadOnlyList<string> Models { get; init; }
}
