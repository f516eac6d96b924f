using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

/// <summary><c>stale</c>: answers are served from the cache although they are old. Refused: this gateway keeps no answers of services that it could serve.</summary>
[Variant("stale")]
public sealed record StaleActionConfig : TrafficActionConfig
{
    /// <summary>Routes that serve them.</summary>
    [MinLength(1)]
    [Reference("Route")]
    public required IReadOnlyList<string> Routes { get; init; }
}
