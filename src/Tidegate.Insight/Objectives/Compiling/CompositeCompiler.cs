using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.Alerts;
using Tidegate.Core.Resources.Objectives.CompositeSlos;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.OpenSlo.Slos;

namespace Tidegate.Insight.Objectives.Compiling;

/// <summary>Makes objectives of composites: slices of a minute, each by the ratios its parts had in it.</summary>
internal static class CompositeCompiler
{
    /// <summary>The word of their source: they are made of objectives.</summary>
    public const string Source = "composite";

    public static (Objective Objective, CompositeObjective Composite) Make(Resource<CompositeSloConfig> slo, IReadOnlyList<Objective> objectives, ConfigDocument document)
    {
        var spec = slo.Spec;
        var composite = new CompositeObjective(SeriesOf(slo.Metadata), spec.Method == CompositeMethod.AnyBad, [.. spec.Parts.Select(p => (Find(p, objectives).Id, (double)p.Weight))]);
        return (Make(slo.Metadata, "", (double)(spec.Target ?? (spec.TargetPercent / 100) ?? 0), spec.TimeWindow, spec.AlertPolicies, composite, document), composite);
    }

    /// <summary>The composite of an SLO's own objectives, under the SLO's name. It promises the mean of what they promise, so that it is kept where each of them is.</summary>
    /// <param name="slo">An SLO that <see cref="SloComposite"/> says is one.</param>
    /// <param name="objectives">Those that can be judged of it.</param>
    /// <param name="document">Where its alert policies are.</param>
    /// <exception cref="FormatException">Not all of its objectives are one objective.</exception>
    public static (Objective Objective, CompositeObjective Composite) Make(Resource<SloConfig> slo, IReadOnlyList<Objective> objectives, ConfigDocument document)
    {
        var written = slo.Spec.Objectives;
        if (objectives.Count != written.Count) throw new FormatException("Its composite is not judged: not each of its objectives is exactly one that is judged.");
        var weights = written.Select(o => (double)(o.CompositeWeight ?? 1)).ToList();
        var target = objectives.Zip(weights, (o, weight) => o.Target * weight).Sum() / weights.Sum();
        var composite = new CompositeObjective(SeriesOf(slo.Metadata), false, [.. objectives.Zip(weights, (o, weight) => (o.Id, weight))]);
        return (Make(slo.Metadata, slo.Spec.Service, target, slo.Spec.TimeWindow, slo.Spec.AlertPolicies, composite, document), composite);
    }

    private static string SeriesOf(ResourceMetadata slo) => $"composite:{slo.Name}";

    private static Objective Make(
        ResourceMetadata slo, string service, double target, IReadOnlyList<TimeWindowConfig> window, IReadOnlyList<SloAlertPolicyConfig> policies, CompositeObjective composite, ConfigDocument document)
    {
        var terms = ObjectiveCompiler.TermsOf(target, BudgetingMethod.RatioTimeslices, null, null, window);
        var alerts = AlertCompiler.Of(SloAlerts.Of(policies, terms.Period, document));
        var parts = string.Join(", ", composite.Parts.Select(p => p.Objective));
        return new Objective
        {
            Id = slo.Name,
            Slo = slo.Name,
            Service = service,
            DisplayName = slo.DisplayName ?? slo.Name,
            Good = composite.AnyBad ? $"minutes by the worst of {parts}" : $"minutes by the mean of {parts}",
            Source = Source,
            Series = composite.Series,
            Terms = ObjectiveCompiler.WithAlerts(terms, alerts),
            Alerts = alerts,
            Exclusions = ObjectiveExclusions.For(slo.Name, service, document),
            Runbook = slo.Annotations.GetValueOrDefault("runbook"),
            Links = ObjectiveLinks.Of(slo),
        };
    }

    private static Objective Find(CompositePartConfig part, IReadOnlyList<Objective> objectives)
    {
        var found = objectives.Where(o => o.Slo == part.Slo && (part.Objective is null || o.Name == part.Objective)).ToList();
        return found.Count == 1 ? found[0] : throw new FormatException($"Its part {part.Slo}{(part.Objective is null ? "" : $"/{part.Objective}")} is not exactly one objective that is judged.");
    }
}
