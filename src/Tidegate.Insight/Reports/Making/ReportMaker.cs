using System.Globalization;
using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Reports.Making;

/// <summary>Puts a report together: each kind has its sections.</summary>
internal sealed class ReportMaker(ObjectiveReader objectives, BudgetReader budgets, ObjectiveSection objectiveSection, SlaSection slaSection, IncidentSection incidentSection, SenderSection senderSection, VitalSigns signs, TimeProvider time)
{
    /// <summary>Objectives of one report: nobody reads more, and each takes a look at every minute of the month.</summary>
    public const int MostObjectives = 200;

    // Of those with the least budget left now the month is looked at; which of them are shown is said by the month itself.
    private const int MostLooks = 5 * MostObjectives;

    /// <summary>Makes it.</summary>
    public async Task<Report> MakeAsync(ReportQuestion question, CancellationToken cancel)
    {
        var asked = objectives.All.Where(o => question.Service is null || o.Service == question.Service).OrderBy(o => o.BudgetLeft ?? double.MaxValue).ToList();
        var (all, notes) = (await PeriodsAsync(question, asked.Take(MostLooks), cancel), new List<string>());
        if (asked.Count > MostLooks) notes.Add(string.Create(CultureInfo.InvariantCulture, $"{asked.Count} objectives are judged: only the {MostLooks} with the least budget left today were looked at, in agreements, too. Ask for one service to see all of its own."));
        var periods = all.Take(MostObjectives).ToList();
        if (all.Count > periods.Count) notes.Add(string.Create(CultureInfo.InvariantCulture, $"Of {all.Count} objectives the {periods.Count} with the least budget left are shown. Ask for one service to see all of its own."));
        if (all.Count == 0) notes.Add(question.Service is null ? "No objective is judged." : $"No objective is judged for the service {question.Service}.");
        if (periods.Where(p => p.CoarseUntil is not null).ToList() is { Count: > 0 } coarse)
            notes.Add($"Slices of {string.Join(", ", coarse.Select(p => p.Status.Id))} before {coarse.Max(p => p.CoarseUntil)!.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)} have the ratio of the five minutes or the hour they lie in: history that old is kept no finer.");
        if (!question.Complete) notes.Add("The month is not over: all figures are those so far.");
        var (isSla, isMonthly) = (question.Kind == ReportKind.Sla, question.Kind == ReportKind.Monthly);
        var incidents = isMonthly ? await incidentSection.MakeAsync(question, cancel) : [];
        var slas = isSla || isMonthly ? slaSection.Make(question, all) : [];
        if (isSla && slas.Count == 0) notes.Add("Nothing was promised: there is no SLA for it.");
        // Of those that are in the report, by themselves or by an agreement.
        var promised = slas.Select(s => s.Objective).ToHashSet(StringComparer.Ordinal);
        var shown = all.Where((p, i) => (!isSla && i < MostObjectives) || promised.Contains(p.Status.Id));
        return new Report
        {
            Kind = question.Kind,
            Service = question.Service,
            Month = question.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            Zone = question.Zone.Id,
            From = question.From,
            Until = question.Until,
            Complete = question.Complete,
            MadeAt = time.GetUtcNow(),
            Signs = isMonthly ? await signs.MakeAsync(question, incidents, cancel) : [],
            Objectives = isSla ? [] : await objectiveSection.MakeAsync(question, periods, cancel),
            Slas = slas,
            Incidents = incidents,
            Outside = isMonthly ? await senderSection.MakeAsync(question, cancel) : [],
            Excluded = [.. shown.SelectMany(p => p.Excluded).OrderBy(e => e.Name, StringComparer.Ordinal).ThenBy(e => e.Objective, StringComparer.Ordinal)],
            Notes = notes,
        };
    }

    private async Task<IReadOnlyList<ObjectivePeriod>> PeriodsAsync(ReportQuestion question, IEnumerable<ObjectiveStatus> asked, CancellationToken cancel)
    {
        var found = new List<ObjectivePeriod>();
        foreach (var status in asked)
            if (await budgets.PeriodAsync(status.Id, question.From, question.Until, question.Zone, cancel) is { } period) found.Add(period);
        return [.. found.OrderBy(p => p.Adjusted.BudgetLeft ?? double.MaxValue).ThenBy(p => p.Status.Id, StringComparer.Ordinal)];
    }
}
