using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.Slas;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Reports.Making;

/// <summary>The agreements of a report.</summary>
internal sealed class SlaSection(IConfigSource config)
{
    private static readonly string[] Order = ["broken", "at_risk", "no_data", "met"];

    /// <summary>Makes it, broken ones first.</summary>
    public IReadOnlyList<ReportedSla> Make(ReportQuestion question, IReadOnlyList<ObjectivePeriod> periods)
    {
        var document = config.Current?.Document ?? ConfigDocument.Empty;
        return
        [
            .. document.OfKind<SlaConfig>().Where(s => question.Service is null || (document.Find($"SLO/{s.Spec.Slo}") as Resource<SloConfig>)?.Spec.Service == question.Service)
                .Select(s => Make(s, periods)).OrderBy(s => Array.IndexOf(Order, s.State)).ThenBy(s => s.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Below it a budget is overrun; one that is used up exactly is kept, whatever the last digit of a sum says.</summary>
    internal const double UsedUp = -1e-9;

    /// <summary>State of an agreement by what is left of its own budget.</summary>
    internal static string StateOf(double? left, double buffer) => left switch { null => "no_data", < UsedUp => "broken", _ when left < buffer => "at_risk", _ => "met" };

    private static ReportedSla Make(Resource<SlaConfig> sla, IReadOnlyList<ObjectivePeriod> periods)
    {
        var (spec, target) = (sla.Spec, (double)(sla.Spec.Target ?? (sla.Spec.TargetPercent / 100) ?? 0));
        var same = periods.Where(p => p.Status.Slo == spec.Slo).ToList();
        var id = spec.Objective is { } name && same.Count > 1 ? $"{spec.Slo}/{ObjectivePart.Of(name)}" : same.Count == 1 ? same[0].Status.Id : spec.Slo;
        var period = same.FirstOrDefault(p => p.Status.Id == id);
        var adjusted = period?.Adjusted.At(target);
        return new ReportedSla
        {
            Name = sla.Metadata.Name,
            DisplayName = sla.Metadata.DisplayName ?? sla.Metadata.Name,
            Customer = spec.Customer,
            Objective = period?.Status.Id ?? "",
            Target = target,
            ObjectiveTarget = period?.Status.Target,
            BufferMinutes = period is null ? null : (period.Status.Target - target) * period.Minutes,
            Buffer = spec.Buffer,
            State = StateOf(adjusted?.BudgetLeft, spec.Buffer),
            Adjusted = adjusted,
            Raw = period?.Raw.At(target),
            Minutes = period?.Minutes ?? 0,
            MinutesWithData = period?.MinutesWithData ?? 0,
            Penalty = spec.Penalty,
            Reason = period switch
            {
                null when same.Count > 1 => $"It has a value for each of {same.Count} objectives of {spec.Slo}, and names none of them.",
                null => $"The SLO {spec.Slo} is not judged.",
                { Adjusted.BudgetLeft: null } => "Nothing is known of the month. No data is not good: it cannot be said to have been kept.",
                _ => "",
            },
        };
    }
}
