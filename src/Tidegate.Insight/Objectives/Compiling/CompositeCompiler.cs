using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.Alerts;
using Tidegate.Core.Resources.Objectives.CompositeSlos;
using Tidegate.Core.Resources.OpenSlo;

namespace Tidegate.Insight.Objectives.Compiling;

/// <summary>Makes objectives of composites: slices of a minute, each by the ratios its parts had in it.</summary>
internal static class CompositeCompiler
{
    /// <summary>The word of their source: they are made of objectives.</summary>
    public const string Source = "composite";

    public static (Objective Objective, CompositeObjective Composite) Make(Resource<CompositeSloConfig> slo, IReadOnlyList<Objective> objectives, ConfigDocument document)
    {
        var spec = slo.Spec;
        var parts = spec.Parts.Select(p => (Find(p, objectives).Id, (double)p.Weight)).ToList();
        var (terms, series) = (ObjectiveCompiler.TermsOf((double)(spec.Target ?? (spec.TargetPercent / 100) ?? 0), BudgetingMethod.RatioTimeslices, null, null, spec.TimeWindow), $"composite:{slo.Metadata.Name}");
        var alerts = AlertCompiler.Of(SloAlerts.Of(spec.AlertPolicies, terms.Period, document));
        var composite = new CompositeObjective(series, spec.Method == CompositeMethod.AnyBad, parts);
        return (new Objective
        {
            Id = slo.Metadata.Name,
            Slo = slo.Metadata.Name,
            Service = "",
            DisplayName = slo.Metadata.DisplayName ?? slo.Metadata.Name,
            Good = composite.AnyBad ? $"minutes by the worst of {string.Join(", ", parts.Select(p => p.Id))}" : $"minutes by the mean of {string.Join(", ", parts.Select(p => p.Id))}",
            Source = Source,
            Series = series,
            Terms = ObjectiveCompiler.WithAlerts(terms, alerts),
            Alerts = alerts,
            Exclusions = ObjectiveExclusions.For(slo.Metadata.Name, "", document),
            Runbook = slo.Metadata.Annotations.GetValueOrDefault("runbook"),
        }, composite);
    }

    private static Objective Find(CompositePartConfig part, IReadOnlyList<Objective> objectives)
    {
        var found = objectives.Where(o => o.Slo == part.Slo && (part.Objective is null || o.Name == part.Objective)).ToList();
        return found.Count == 1 ? found[0] : throw new FormatException($"Its part {part.Slo}{(part.Objective is null ? "" : $"/{part.Objective}")} is not exactly one objective that is judged.");
    }
}
