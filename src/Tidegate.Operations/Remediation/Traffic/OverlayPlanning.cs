using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

namespace Tidegate.Operations.Remediation.Traffic;

/// <summary>Plans what a rule changes in traffic.</summary>
internal sealed class OverlayPlanning(IEnumerable<ITrafficPlanner> planners)
{
    private readonly Dictionary<Type, ITrafficPlanner> _planners = planners.ToDictionary(p => p.Settings);

    /// <summary>All traffic actions of a rule; null when it has none.</summary>
    public async Task<OverlayPlan?> PlanAsync(BudgetPolicyRuleConfig rule, TrafficQuestion question, CancellationToken cancel)
    {
        var plans = new List<TrafficPlan>();
        foreach (var action in rule.Actions.OfType<TrafficActionConfig>())
        {
            plans.Add(_planners.TryGetValue(action.GetType(), out var planner)
                ? await planner.PlanAsync(action, question, cancel)
                : TrafficPlan.Refused(action.GetType().Name, "This gateway cannot do that."));
        }

        return plans.Count == 0 ? null : OverlayPlan.Of(plans);
    }
}
