using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Objectives.CompositeSlos.Rules;

/// <summary>Parts of a composite are SLOs that exist, and no composites.</summary>
internal static class CompositePartCheck
{
    public static void Check(string name, string path, ResourceScope scope)
    {
        // While a text cannot be read nobody knows which objects it holds.
        if (!scope.DocumentIsComplete || scope.Document.Find($"SLO/{name}") is not null) return;
        if (scope.Document.Find($"CompositeSLO/{name}") is Resource<CompositeSloConfig> { Spec: var composite })
        {
            var slos = composite.Parts.Select(p => p.Slo).Distinct(StringComparer.Ordinal).Where(p => scope.Document.Find($"SLO/{p}") is Resource<SloConfig>).ToList();
            scope.Error("nested_composite", path, $"CompositeSLO/{name} is a composite itself, and composites do not nest: name the SLOs it is made of{(slos.Count > 0 ? $" ({string.Join(", ", slos)})" : "")}.");
            return;
        }

        scope.Error("unknown_reference", path, $"There is no SLO \"{name}\".{Suggestion.For(name, scope.Document.Resources.Where(r => r.KindWord == "SLO").Select(r => r.Metadata.Name))}");
    }
}
