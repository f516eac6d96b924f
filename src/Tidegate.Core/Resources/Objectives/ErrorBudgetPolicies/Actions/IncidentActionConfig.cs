using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

/// <summary><c>incident</c>: an incident is opened, once for as long as the rule holds.</summary>
[Variant("incident")]
public sealed record IncidentActionConfig : BudgetActionConfig
{
    /// <summary>Its severity, such as <c>sev2</c>. Default <c>sev2</c>.</summary>
    public string Severity { get; init; } = "sev2";

    /// <summary>Its title. Default: made of the objective and the rule.</summary>
    public string? Title { get; init; }
}
