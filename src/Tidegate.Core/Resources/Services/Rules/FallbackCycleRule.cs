using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Services.Rules;

/// <summary>Following fallbacks comes to an end.</summary>
internal sealed class FallbackCycleRule : DocumentRule
{
    public override void Check(DocumentScope scope)
    {
        var next = scope.Document.Services
            .Where(s => s.Spec.Resilience.Fallback?.Service is not null)
            .ToDictionary(s => s.Metadata.Name, s => s.Spec.Resilience.Fallback!.Service!, StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in next.Keys.Order(StringComparer.Ordinal))
        {
            var way = new List<string>();
            for (var name = start; !done.Contains(name); name = next[name])
            {
                int seen = way.IndexOf(name);
                if (seen >= 0) Report(way[seen..], scope);
                if (seen >= 0 || !next.ContainsKey(name)) break;
                way.Add(name);
            }

            done.UnionWith(way);
        }
    }

    private static void Report(List<string> cycle, DocumentScope scope) =>
        scope.Of(scope.Document.Find($"Service/{cycle[0]}")!).Error("fallback_cycle", "spec.resilience.fallback.service",
            $"The fallbacks lead in a circle: {string.Join(" -> ", cycle.Append(cycle[0]))}. Let one of them end with a response.");
}
