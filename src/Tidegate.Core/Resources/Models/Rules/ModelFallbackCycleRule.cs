using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Models.Rules;

/// <summary>Following fallbacks comes to an end.</summary>
internal sealed class ModelFallbackCycleRule : DocumentRule
{
    public override void Check(DocumentScope scope)
    {
        var next = scope.Document.OfKind<ModelConfig>().ToDictionary(m => m.Metadata.Name, m => m.Spec.Fallbacks, StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in next.Keys.Order(StringComparer.Ordinal)) Walk(name, []);

        void Walk(string name, List<string> way)
        {
            if (way.IndexOf(name) is >= 0 and var seen)
            {
                Report(way[seen..], scope);
                return;
            }

            if (!next.TryGetValue(name, out var fallbacks) || !done.Add(name)) return;
            way.Add(name);
            foreach (var to in fallbacks.Errors.Concat(fallbacks.ContextWindow).Concat(fallbacks.ContentPolicy).Distinct(StringComparer.Ordinal)) Walk(to, way);
            way.RemoveAt(way.Count - 1);
        }
    }

    private static void Report(List<string> cycle, DocumentScope scope) =>
        scope.Of(scope.Document.Find($"Model/{cycle[0]}")!).Error("fallback_cycle", "spec.fallbacks",
            $"The fallbacks lead in a circle: {string.Join(" -> ", cycle.Append(cycle[0]))}. Let one of them end.");
}
