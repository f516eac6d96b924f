using System.Text.Json.Nodes;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

namespace Tidegate.Operations.Remediation.Traffic;

/// <summary><c>shadow_off</c>.</summary>
internal sealed class ShadowOffPlanner : TrafficPlanner<ShadowOffActionConfig>
{
    protected override TrafficPlan Plan(ShadowOffActionConfig action, TrafficQuestion question)
    {
        var shadowing = action.Models.Select(m => $"Model/{m}").Where(id => question.Document.Find(id) is Resource<ModelConfig> { Spec.Shadow: not null }).ToList();
        return shadowing.Count == 0
            ? TrafficPlan.Refused("no shadow traffic", $"None of them sends copies. {TrafficPlan.IsSo}")
            : TrafficPlan.Of($"no shadow traffic of {string.Join(", ", shadowing)}", shadowing.Select(id => (id, new JsonObject { ["shadow"] = null })));
    }
}
