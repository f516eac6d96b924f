using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>No two routes match the same calls with the same order.</summary>
internal sealed class AmbiguousRouteRule : DocumentRule
{
    public override void Check(DocumentScope scope)
    {
        var routes = scope.Document.Routes.ToList();
        var keys = ManyObjects.Select(routes, static route => Keys(route.Spec));
        var seen = new Dictionary<string, Resource<RouteConfig>>(routes.Count, StringComparer.Ordinal);
        for (int i = 0; i < routes.Count; i++)
        {
            for (int k = 0; k < keys[i].Length; k++)
            {
                if (seen.TryAdd(keys[i][k], routes[i])) continue;
                var other = seen[keys[i][k]];
                if (ReferenceEquals(other, routes[i])) continue; // the same host twice, told by HostRule
                var host = routes[i].Spec.Match.Hosts.ElementAtOrDefault(k);
                scope.Of(routes[i]).Warning("ambiguous_route", "spec.match",
                    $"{other.Id} matches the same calls{(host is null ? "" : $" for {host}")} with the same order, and takes them: give one a condition or another order.");
                break;
            }
        }
    }

    /// <summary>One for each host; equal keys match the same calls.</summary>
    private static string[] Keys(RouteConfig route)
    {
        var match = route.Match;
        var path = PathTemplate.TryParse(match.Path, out var template, out _) ? template.Shape : match.Path;
        // Two method lists that only overlap are told apart by neither; identical ones are what people get wrong by copying.
        var methods = match.Methods.Count < 2 ? match.Methods.ElementAtOrDefault(0) : string.Join(',', match.Methods.Order(StringComparer.Ordinal));
        var rest = $"{path} {methods} {Conditions(match.Headers, ignoreCase: true)} {Conditions(match.Query, ignoreCase: false)} {route.Order}";
        if (match.Hosts.Count == 0) return [" " + rest];
        var keys = new string[match.Hosts.Count];
        for (int i = 0; i < keys.Length; i++) keys[i] = $"{match.Hosts[i].ToLowerInvariant()} {rest}";
        return keys;
    }

    private static string Conditions(IReadOnlyList<ValueMatchConfig> conditions, bool ignoreCase) => conditions.Count == 0 ? "" : string.Join(';', conditions
        .Select(c => $"{(ignoreCase ? c.Name.ToLowerInvariant() : c.Name)}={c.Not}|{string.Join(',', c.OneOf.Order(StringComparer.Ordinal))}|{c.Prefix}|{c.Contains}|{c.Regex}")
        .Order(StringComparer.Ordinal));
}
