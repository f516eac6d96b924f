using System.Text.Json.Nodes;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Operations.Remediation.Traffic;

/// <summary><c>hedging_off</c>.</summary>
internal sealed class HedgingOffPlanner : TrafficPlanner<HedgingOffActionConfig>
{
    protected override TrafficPlan Plan(HedgingOffActionConfig action, TrafficQuestion question)
    {
        var patches = new List<(string Id, JsonObject Spec)>();
        foreach (var name in action.Services)
            if (question.Document.Find($"Service/{name}") is Resource<ServiceConfig> { Spec.Resilience.Hedging: not null } service) patches.Add((service.Id, new JsonObject { ["resilience"] = new JsonObject { ["hedging"] = null } }));
        foreach (var name in action.Models)
            if (question.Document.Find($"Model/{name}") is Resource<ModelConfig> { Spec.Hedging: not null } model) patches.Add((model.Id, new JsonObject { ["hedging"] = null }));
        return patches.Count == 0 ? TrafficPlan.Refused("no hedging", $"None of them hedges. {TrafficPlan.IsSo}") : TrafficPlan.Of($"no hedging of {string.Join(", ", patches.Select(p => p.Id))}", patches);
    }
}
