using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>No two routes match the same calls with the same order.</summary>
internal sealed class AmbiguousRouteRule : DocumentRule
{
    public override void Check(DocumentScope scope)
    {
        var seen = new Dictionary<string, Resource<RouteConfig>>(StringComparer.Ordinal);
        foreach (var route in scope.Document.Routes)
        {
            foreach (var host in route.Spec.Match.Hosts.DefaultIfEmpty("").Distinct(StringComparer.OrdinalIgnoreCase))
            {
                var key = Key(host.ToLowerInvariant(), route.Spec);
                if (seen.TryAdd(key, route)) continue;
                scope.Of(route).Warning("ambiguous_route", "spec.match",
                    $"{seen[key].Id} matches the same calls{(host.Length == 0 ? "" : $" for {host}")} with the same order, and takes them: give one a condition or another order.");
                break;
            }
        }
    }

    private static string Key(string host, RouteConfig route)
    {
        var match = route.Match;
        var path = PathTemplate.TryParse(match.Path, out var template, out _) ? template.Shape : match.Path;
        // Two method lists that only overlap are told apart by neither; identical ones are what people get wrong by copying.
        var methods = string.Join(',', match.Methods.Order(StringComparer.Ordinal));
        return $"{host} {path} {methods} {Conditions(match.Headers, ignoreCase: true)} {Conditions(match.Query, ignoreCase: false)} {route.Order}";
    }

    private static string Conditions(IReadOnlyList<ValueMatchConfig> conditions, bool ignoreCase) => conditions.Count == 0 ? "" : string.Join(';', conditions
        .Select(c => $"{(ignoreCase ? c.Name.ToLowerInvariant() : c.Name)}={c.Not}|{string.Join(',', c.OneOf.Order(StringComparer.Ordinal))}|{c.Prefix}|{c.Contains}|{c.Regex}")
        .Order(StringComparer.Ordinal));
}
