using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

namespace Tidegate.Operations.Remediation.Traffic;

/// <summary>Says what one kind of action changes in the document. One for each kind, found by the type of its settings; a new one is a file and a registration.</summary>
internal interface ITrafficPlanner
{
    /// <summary>Type of the settings it knows.</summary>
    Type Settings { get; }

    /// <summary>What the action would change now.</summary>
    Task<TrafficPlan> PlanAsync(TrafficActionConfig action, TrafficQuestion question, CancellationToken cancel);
}
