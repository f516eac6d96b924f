using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

namespace Tidegate.Operations.Remediation.Traffic;

/// <summary>A planner that needs nothing but the document.</summary>
internal abstract class TrafficPlanner<TAction> : ITrafficPlanner
    where TAction : TrafficActionConfig
{
    public Type Settings => typeof(TAction);

    public Task<TrafficPlan> PlanAsync(TrafficActionConfig action, TrafficQuestion question, CancellationToken cancel) => Task.FromResult(Plan((TAction)action, question));

    protected abstract TrafficPlan Plan(TAction action, TrafficQuestion question);
}
