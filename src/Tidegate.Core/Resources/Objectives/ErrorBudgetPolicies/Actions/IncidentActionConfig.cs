using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

/// <summary><c>incident</c>: an incident is opened, once for as long as the rule holds; where one is open for the objective or its service, it is joined. People close it.</summary>
[Variant("incident")]
public sealed record IncidentActionConfig : BudgetActionConfig
{
    /// <summary>Its severity. Default <c>sev2</c>.</summary>
    public IncidentSeverity Severity { get; init; } = IncidentSeverity.Sev2;

    /// <summary>Its title. Default: made of the objective and the rule.</summary>
    public string? Title { get; init; }
}
