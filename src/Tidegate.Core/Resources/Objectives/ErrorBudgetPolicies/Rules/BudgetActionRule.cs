using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Rules;

/// <summary>What a policy would do can be done: by this gateway, to these objects, and within what is never touched.</summary>
internal sealed class BudgetActionRule : ResourceRule<ErrorBudgetPolicyConfig>
{
    public override void Check(ErrorBudgetPolicyConfig spec, ResourceScope scope)
    {
        for (var i = 0; i < spec.Rules.Count; i++)
        {
            var rule = spec.Rules[i];
            var splits = new HashSet<string>(StringComparer.Ordinal);
            for (var j = 0; j < rule.Actions.Count; j++)
            {
                var path = $"spec.rules[{i}].actions[{j}]";
                if (rule.Actions[j] is SplitActionConfig split && !splits.Add(split.Route))
                    scope.Error("duplicate_name", $"{path}.route", $"The rule shifts the split of {split.Route} twice: give one split.");
                if (rule.Actions[j] is PostMortemActionConfig && rule.When.IncidentAbove is null)
                    scope.Error("no_incident", path, $"A post-mortem is one of an incident, and the rule looks at none: give spec.rules[{i}].when.incidentAbove, for example 20.");
                Check(rule.Actions[j], path, scope);
            }
        }
    }

    private static void Check(BudgetActionConfig action, string path, ResourceScope scope)
    {
        switch (action)
        {
            case StaleActionConfig stale:
                StaleActionCheck.Run(stale, path, scope);
                break;
            case ShedActionConfig shed:
                Shed(shed, path, scope);
                break;
            case SplitActionConfig split:
                Split(split, path, scope);
                break;
            case HedgingOffActionConfig { Services.Count: 0, Models.Count: 0 }:
                scope.Error("at_least_one", path, "Nothing stops hedging: give services, models or both.");
                break;
            case HedgingOffActionConfig hedging:
                Each(hedging.Services, $"{path}.services", scope, (ServiceConfig s) => s.Resilience.Hedging is null, "does not hedge, so nothing would change");
                Each(hedging.Models, $"{path}.models", scope, (ModelConfig m) => m.Hedging is null, "does not hedge, so nothing would change");
                break;
            case ShadowOffActionConfig shadow:
                Each(shadow.Models, $"{path}.models", scope, (ModelConfig m) => m.Shadow is null, "sends no copies, so nothing would change");
                break;
            case FallbackActionConfig fallback:
                Fallback(fallback, path, scope);
                break;
            case TightenActionConfig tighten:
                Each(tighten.Routes, $"{path}.routes", scope, (RouteConfig r) => r.Limits.All(l => l.By != LimitKey.Consumer), "has no limit for each consumer: only consumers with limits of their own can be tightened");
                break;
        }
    }

    private static void Shed(ShedActionConfig shed, string path, ResourceScope scope)
    {
        if (shed.Classes.Count == 0) scope.Error("too_few", $"{path}.classes", "No class is shed: give low, normal or high.");
        for (var i = 0; i < shed.Classes.Count; i++)
            if (shed.Classes[i] == PriorityClass.Critical) scope.Error("never_shed", $"{path}.classes[{i}]", "Critical calls are never shed by a policy: give low, normal or high.");
    }

    private static void Split(SplitActionConfig split, string path, ResourceScope scope)
    {
        if (split.Split.All(b => b.Weight == 0)) scope.Error("no_weight", $"{path}.split", "Every branch has weight 0: give at least one a share.");
        var seen = new HashSet<(string, string?)>();
        for (var i = 0; i < split.Split.Count; i++)
        {
            var branch = split.Split[i];
            if (!seen.Add((branch.Service, branch.Version))) scope.Error("duplicate_branch", $"{path}.split[{i}]", $"The split names {branch.Service}{(branch.Version is null ? "" : " " + branch.Version)} twice: add the weights up.");
        }

        if (scope.Document.Find($"Route/{split.Route}") is not Resource<RouteConfig> { Spec: var route }) return;
        if (route.Service is null && route.Split.Count == 0) scope.Error("no_split", $"{path}.route", $"Route/{split.Route} leads to no service and no split, so there is nothing to shift.");
    }

    private static void Fallback(FallbackActionConfig fallback, string path, ResourceScope scope)
    {
        for (var i = 0; i < fallback.Models.Count; i++)
        {
            if (scope.Document.Find($"Model/{fallback.Models[i]}") is Resource<ModelConfig> { Spec.Fallbacks.Errors.Count: 0 })
                scope.Error("no_fallback", $"{path}.models[{i}]", $"Model/{fallback.Models[i]} has no fallback: give it fallbacks.errors.");
        }
    }

    private static void Each<TSpec>(IReadOnlyList<string> names, string path, ResourceScope scope, Func<TSpec, bool> without, string what)
        where TSpec : class
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (scope.Document.Resources.OfType<Resource<TSpec>>().FirstOrDefault(r => r.Metadata.Name == names[i]) is { } found && without(found.Spec))
                scope.Warning("no_effect", $"{path}[{i}]", $"{found.Id} {what}.");
        }
    }
}
