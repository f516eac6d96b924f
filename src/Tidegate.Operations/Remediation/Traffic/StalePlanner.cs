using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Operations.Remediation.Traffic;

/// <summary><c>stale</c>.</summary>
internal sealed class StalePlanner : TrafficPlanner<StaleActionConfig>
{
    protected override TrafficPlan Plan(StaleActionConfig action, TrafficQuestion question)
    {
        var routes = question.Document.Routes.Where(r => action.Routes.Contains(r.Metadata.Name, StringComparer.Ordinal) || action.Services.Any(r.Spec.LeadsTo)).OrderBy(r => r.Id, StringComparer.Ordinal).ToList();
        var patches = routes.Where(r => r.Spec.Stale is { Serve: not StaleServe.Always }).Select(r => (r.Id, new JsonObject { ["stale"] = new JsonObject { ["serve"] = "always" } })).ToList();
        if (patches.Count > 0) return TrafficPlan.Of($"old answers of {string.Join(", ", patches.Select(p => p.Id))} where some are kept", patches);
        return TrafficPlan.Refused("old answers", routes.Exists(r => r.Spec.Stale is not null) ? TrafficPlan.IsSo : "None of the routes keeps answers (stale), or the routes are gone.");
    }
}
