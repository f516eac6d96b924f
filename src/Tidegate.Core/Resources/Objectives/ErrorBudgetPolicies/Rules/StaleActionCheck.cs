using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Rules;

/// <summary>Old answers can be given where some are kept.</summary>
internal static class StaleActionCheck
{
    public static void Run(StaleActionConfig stale, string path, ResourceScope scope)
    {
        if (stale.Routes.Count == 0 && stale.Services.Count == 0) scope.Error("at_least_one", path, "Nothing gives old answers: give routes, services or both.");
        for (var i = 0; i < stale.Routes.Count; i++)
        {
            if (scope.Document.Find($"Route/{stale.Routes[i]}") is not Resource<RouteConfig> { Spec: { Stale: null } spec } route) continue;
            scope.Error("no_stale", $"{path}.routes[{i}]", $"{route.Id} keeps no answers, so there is nothing stale to serve: {Advice(spec, route.Id)}");
        }

        for (var i = 0; i < stale.Services.Count; i++)
        {
            if (scope.Document.Find($"Service/{stale.Services[i]}") is not { } service) continue;
            var routes = scope.Document.Routes.Where(r => r.Spec.LeadsTo(stale.Services[i])).ToList();
            if (routes.Exists(r => r.Spec.Stale is not null)) continue;
            scope.Error("no_stale", $"{path}.services[{i}]", routes.Count == 0
                ? $"No route leads to {service.Id}, so nobody gets its answers: name another service."
                : $"No route of {service.Id} keeps answers, so there is nothing stale to serve: give {string.Join(" or ", routes.Take(3).Select(r => r.Id))} the key stale, for example \"stale: {{}}\".");
        }
    }

    private static string Advice(RouteConfig route, string id) => route switch
    {
        { Models: not null } => "it serves models, and their caches give no answer that has expired. Give the Models fallbacks, and use the action fallback.",
        { Redirect: not null } or { Respond: not null } => "it has no service that could fail. Take it out of the action.",
        _ => $"give {id} the key stale, for example \"stale: {{}}\".",
    };
}
