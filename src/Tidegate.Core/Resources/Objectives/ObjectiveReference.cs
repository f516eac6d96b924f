using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.Objectives;

/// <summary>An objective of an SLO that another object names.</summary>
internal static class ObjectiveReference
{
    /// <summary>The objective, or null with a finding when it is not there or not clear. An SLO that is not there has been reported as a reference.</summary>
    public static SloObjectiveConfig? Find(string slo, string? objective, string path, ResourceScope scope)
    {
        if (scope.Document.Find($"SLO/{slo}") is not Resource<SloConfig> { Spec: var spec }) return null;
        if (objective is null)
        {
            if (spec.Objectives.Count == 1) return spec.Objectives[0];
            scope.Error("missing_key", path, $"SLO/{slo} has {spec.Objectives.Count} objectives: name one with objective ({Names(spec)}).");
            return null;
        }

        if (spec.Objectives.FirstOrDefault(o => o.DisplayName == objective) is { } found) return found;
        scope.Error("unknown_reference", $"{path}.objective", $"SLO/{slo} has no objective \"{objective}\".{Suggestion.For(objective, spec.Objectives.Select(o => o.DisplayName ?? ""))} It has: {Names(spec)}.");
        return null;
    }

    private static string Names(SloConfig spec) => string.Join(", ", spec.Objectives.Select(o => o.DisplayName ?? "one without a displayName"));
}
