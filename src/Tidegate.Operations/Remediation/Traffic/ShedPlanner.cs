using System.Text.Json.Nodes;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Operations.Remediation.Traffic;

/// <summary><c>shed</c>.</summary>
internal sealed class ShedPlanner : TrafficPlanner<ShedActionConfig>
{
    protected override TrafficPlan Plan(ShedActionConfig action, TrafficQuestion question)
    {
        // The document cannot say otherwise; what is never shed is not left to one check.
        var classes = action.Classes.Where(c => c != PriorityClass.Critical).Distinct().Order().ToList();
        var what = $"shed {string.Join(" and ", classes.Select(Word))} calls of {string.Join(", ", action.Routes.Select(r => $"Route/{r}"))}";
        var (patches, isThere) = (new List<(string, JsonObject)>(), false);
        foreach (var name in action.Routes)
        {
            if (question.Document.Find($"Route/{name}") is not Resource<RouteConfig> { Spec: var route }) continue;
            isThere = true;
            var all = route.Shed.Union(classes).Order().ToList();
            if (all.Count > route.Shed.Count) patches.Add(($"Route/{name}", new JsonObject { ["shed"] = new JsonArray([.. all.Select(c => (JsonNode)Word(c))]) }));
        }

        return patches.Count == 0 ? TrafficPlan.Refused(what, isThere ? TrafficPlan.IsSo : "The routes are gone.") : TrafficPlan.Of(what, patches);
    }

    private static string Word(PriorityClass priority) => priority.ToString().ToLowerInvariant();
}
