using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.Alerts;
using Tidegate.Core.Resources.Objectives.CompositeSlos;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.OpenSlo.Slis;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators;

namespace Tidegate.Insight.Objectives.Compiling;

/// <summary>Makes objectives of SLO documents. Those that cannot be judged are named with the reason; the others are not held up.</summary>
internal static class ObjectiveCompiler
{
    public static CompiledObjectives Compile(ConfigDocument document, IReadOnlyDictionary<string, IIndicatorSource> sources)
    {
        var (objectives, grouped, composites, bindings, problems) = (new List<Objective>(), new List<GroupedObjective>(), new List<CompositeObjective>(), new List<(string, IndicatorBinding)>(), new Dictionary<string, string>(StringComparer.Ordinal));
        var promises = new Dictionary<string, (string, string, double)>(StringComparer.Ordinal);
        var ofSlos = new List<(Objective, CompositeObjective)>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var slo in document.OfKind<SloConfig>())
        {
            var first = objectives.Count;
            for (var i = 0; i < slo.Spec.Objectives.Count; i++)
            {
                try
                {
                    var (source, binding) = Bind(slo, slo.Spec.Objectives[i], document, sources);
                    var objective = Make(slo, i, source, binding, document);
                    // Rules see to it; should they ever not, it stops this one and not the tick of all.
                    if (!ids.Add(objective.Id)) throw new FormatException($"Two objectives are known as {objective.Id}.");
                    bindings.Add((source, binding with { History = HistoryOf(objective.Terms), AlertWindow = objective.Terms.LongestAlert }));
                    if (binding.IsGrouped) grouped.Add(new GroupedObjective(objective));
                    else objectives.Add(objective);
                }
                catch (FormatException wrong)
                {
                    problems[slo.Metadata.Name] = wrong.Message;
                    promises[slo.Metadata.Name] = (slo.Spec.Service, slo.Metadata.DisplayName ?? slo.Metadata.Name, (double)SloTarget.Of(slo.Spec.Objectives[i]));
                }
            }

            if (!SloComposite.Is(slo.Spec) || problems.ContainsKey(slo.Metadata.Name)) continue;
            try
            {
                ofSlos.Add(CompositeCompiler.Make(slo, objectives[first..], document));
            }
            catch (FormatException wrong)
            {
                problems[slo.Metadata.Name] = wrong.Message;
                promises[slo.Metadata.Name] = (slo.Spec.Service, slo.Metadata.DisplayName ?? slo.Metadata.Name, (double)SloTarget.Of(slo.Spec.Objectives[0]));
            }
        }

        foreach (var slo in document.OfKind<CompositeSloConfig>())
        {
            try
            {
                var (objective, composite) = CompositeCompiler.Make(slo, objectives, document);
                objectives.Add(objective);
                composites.Add(composite);
            }
            catch (FormatException wrong)
            {
                problems[slo.Metadata.Name] = wrong.Message;
                promises[slo.Metadata.Name] = ("", slo.Metadata.DisplayName ?? slo.Metadata.Name, (double)(slo.Spec.Target ?? (slo.Spec.TargetPercent / 100) ?? 0));
            }
        }

        foreach (var (objective, composite) in ofSlos)
        {
            objectives.Add(objective);
            composites.Add(composite);
        }

        return new CompiledObjectives(objectives, grouped, composites, bindings, problems) { Windows = PolicyWindows.Of(document), Promises = promises };
    }

    private static Objective Make(Resource<SloConfig> slo, int index, string source, IndicatorBinding binding, ConfigDocument document)
    {
        var spec = slo.Spec.Objectives[index];
        var terms = TermsOf((double)SloTarget.Of(spec), slo.Spec.BudgetingMethod, spec.TimeSliceWindow, spec.TimeSliceTarget, slo.Spec.TimeWindow);
        var alerts = AlertCompiler.Of(SloAlerts.Of(slo.Spec.AlertPolicies, terms.Period, document));
        var name = slo.Metadata.DisplayName ?? slo.Metadata.Name;
        return new Objective
        {
            Id = slo.Spec.Objectives.Count == 1 ? slo.Metadata.Name : $"{slo.Metadata.Name}/{NameOf(spec, index)}",
            Slo = slo.Metadata.Name,
            Service = slo.Spec.Service,
            DisplayName = slo.Spec.Objectives.Count == 1 ? name : $"{name}: {spec.DisplayName ?? NameOf(spec, index)}",
            Good = binding.Text,
            Source = source,
            Series = binding.Series,
            Terms = WithAlerts(terms, alerts),
            Alerts = alerts,
            Name = spec.DisplayName,
            Exclusions = ObjectiveExclusions.For(slo.Metadata.Name, slo.Spec.Service, document),
            Runbook = slo.Metadata.Annotations.GetValueOrDefault("runbook"),
            Links = ObjectiveLinks.Of(slo.Metadata),
        };
    }

    private static (string Source, IndicatorBinding Binding) Bind(Resource<SloConfig> slo, SloObjectiveConfig objective, ConfigDocument document, IReadOnlyDictionary<string, IIndicatorSource> sources)
    {
        var sli = SliOf(objective.Indicator, objective.IndicatorRef, document) ?? SliOf(slo.Spec.Indicator, slo.Spec.IndicatorRef, document)
            ?? throw new FormatException("It has no indicator.");
        var metric = sli.ThresholdMetric ?? sli.RatioMetric?.Raw ?? sli.RatioMetric?.Total ?? throw new FormatException("Its indicator has neither a thresholdMetric nor a ratioMetric.");
        var bound = MetricSources.Bind(metric.MetricSource, document) ?? throw new FormatException("Its metric source is not one that can be asked.");
        if (!sources.TryGetValue(bound.Type, out var source)) throw new FormatException($"Metric sources of type {bound.Type} are not built into this program.");
        return (bound.Type, source.Bind(new IndicatorQuestion(sli, objective.Op, objective.Value, document)));
    }

    private static SliConfig? SliOf(InlineSliConfig? inline, string? reference, ConfigDocument document) =>
        inline?.Spec ?? (reference is null ? null : (document.Find($"SLI/{reference}") as Resource<SliConfig>)?.Spec);

    /// <summary>Terms with room for the longest window of the alerts.</summary>
    public static BudgetTerms WithAlerts(BudgetTerms terms, AlertRules alerts) =>
        terms with { LongestAlert = alerts.Rules.Select(r => r.Pair.Long).Append(TimeSpan.FromHours(1)).Max() };

    // Periods of a calendar are as long as the calendar has it: up to three days longer than the average in a quarter.
    private static TimeSpan HistoryOf(BudgetTerms terms)
    {
        var period = terms.Calendar is null ? terms.Period : terms.Period + TimeSpan.FromDays(3);
        return period > terms.LongestAlert ? period : terms.LongestAlert;
    }

    /// <summary>What a budget counts by, from the words of a document.</summary>
    public static BudgetTerms TermsOf(double target, BudgetingMethod method, DurationShorthand? sliceWindow, decimal? sliceTarget, IReadOnlyList<TimeWindowConfig> windows)
    {
        var window = windows.Count == 1 ? windows[0] : throw new FormatException("It needs exactly one timeWindow.");
        if (target is <= 0 or >= 1) throw new FormatException($"Its target {target} is not above 0 and below 1.");
        return new BudgetTerms
        {
            Target = target,
            Method = method,
            Slice = sliceWindow?.Length is { Ticks: > 0 } slice ? slice : TimeSpan.FromMinutes(1),
            SliceTarget = (double)(sliceTarget ?? 0),
            Period = window.Duration.Length,
            Calendar = window.Calendar is { } calendar ? Periods(calendar, window.Duration) : null,
        };
    }

    private static CalendarPeriods Periods(CalendarConfig calendar, DurationShorthand duration) => new(
        calendar.StartTime,
        duration.Count,
        duration.Unit switch
        {
            'd' => CalendarUnit.Day,
            'w' => CalendarUnit.Week,
            'M' => CalendarUnit.Month,
            'Q' => CalendarUnit.Quarter,
            'Y' => CalendarUnit.Year,
            _ => throw new FormatException($"A calendar has no periods of {duration}: use d, w, M, Q or Y."),
        },
        TimeZoneInfo.TryFindSystemTimeZoneById(calendar.TimeZone, out var zone) ? zone : throw new FormatException($"The time zone {calendar.TimeZone} is not known."));

    private static string NameOf(SloObjectiveConfig objective, int index) => objective.DisplayName is { } name
        ? ObjectivePart.Of(name)
        : (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
