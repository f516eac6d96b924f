using System.Globalization;
using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Core.Resources.OpenSlo.Slos.Rules;

/// <summary>A service that cannot answer without others cannot promise more than they do together: the product of their objectives.</summary>
internal sealed class DependencyCeilingRule : DocumentRule
{
    public override void Check(DocumentScope scope)
    {
        var document = scope.Document;
        var needed = document.Services
            .Select(s => (s.Metadata.Name, Hard: s.Spec.Dependencies.Where(d => d.Kind == DependencyKind.Hard).Select(d => d.Service).Distinct(StringComparer.Ordinal).ToList()))
            .Where(s => s.Hard.Count > 0).ToDictionary(s => s.Name, s => s.Hard, StringComparer.Ordinal);
        if (needed.Count == 0) return;
        var slos = document.OfKind<SloConfig>().Where(s => ServicePromises.IsOfAvailability(s.Spec, document)).ToLookup(s => s.Spec.Service, StringComparer.Ordinal);
        foreach (var (service, hard) in needed)
        {
            // What a dependency promises at best; one without an objective promises nothing that could be computed with.
            var promised = hard.Select(d => (Name: d, Target: slos[d].SelectMany(s => s.Spec.Objectives).Select(SloTarget.Of).Where(t => t is > 0 and < 1).DefaultIfEmpty(1).Max()))
                .Where(d => d.Target < 1).ToList();
            if (promised.Count == 0) continue;
            var ceiling = promised.Aggregate(1m, (product, d) => product * d.Target);
            foreach (var slo in slos[service]) Check(slo, ceiling, string.Join(" x ", promised.Select(d => $"{d.Name} {Percent(d.Target)}")), scope);
        }
    }

    private static void Check(Resource<SloConfig> slo, decimal ceiling, string parts, DocumentScope scope)
    {
        for (int i = 0; i < slo.Spec.Objectives.Count; i++)
        {
            var objective = slo.Spec.Objectives[i];
            var target = SloTarget.Of(objective);
            if (target <= ceiling || target >= 1) continue;
            scope.Of(slo).Warning("above_dependencies", $"spec.objectives[{i}].{(objective.Target is null ? "targetPercent" : "target")}",
                $"{slo.Spec.Service} promises {Percent(target)}, but what it cannot do without allows {Percent(ceiling)} ({parts}). Promise less, make a dependency soft (retry, cache, degrade), or raise its objective.");
        }
    }

    private static string Percent(decimal share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#####} %");
}
