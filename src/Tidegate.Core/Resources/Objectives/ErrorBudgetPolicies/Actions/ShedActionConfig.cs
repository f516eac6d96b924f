using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

/// <summary><c>shed</c>: calls of low priority are refused (<c>shed</c> of the routes).</summary>
[Variant("shed")]
public sealed record ShedActionConfig : TrafficActionConfig
{
    /// <summary>Routes whose calls are refused.</summary>
    [MinLength(1)]
    [Reference("Route")]
    public required IReadOnlyList<string> Routes { get; init; }

    /// <summary>Priority classes that are refused; never <c>critical</c>. Default: <c>low</c>.</summary>
    public IReadOnlyList<PriorityClass> Classes { get; init; } = [PriorityClass.Low];
}
