using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Reports.Making;

/// <summary>The objectives of a report.</summary>
internal sealed class ObjectiveSection(BudgetReader budgets, AlertStore alerts)
{
    private const int MostParts = 5;

    // Each asks the call log; of those with budget to spare nobody asks what used it.
    private const int MostSplit = 20;
    private static readonly string[] Views = ["incident", "release", "outcome", "version", "consumer", "provider"];

    /// <summary>Makes it, in the order of the periods.</summary>
    public async Task<IReadOnlyList<ReportedObjective>> MakeAsync(ReportQuestion question, IReadOnlyList<ObjectivePeriod> periods, CancellationToken cancel)
    {
        var fired = (await alerts.BetweenAsync([.. periods.Select(p => p.Status.Id)], question.From, question.Until, cancel)).Where(a => a.FiredAt >= question.From).ToLookup(a => a.Objective, StringComparer.Ordinal);
        var found = new List<ReportedObjective>();
        foreach (var period in periods)
        {
            var (status, mine) = (period.Status, fired[period.Status.Id].ToList());
            found.Add(new ReportedObjective
            {
                Id = status.Id,
                DisplayName = status.DisplayName,
                Service = status.Service,
                Good = status.Good,
                Target = status.Target,
                State = period.Adjusted.BudgetLeft switch { null => "no_data", < SlaSection.UsedUp => "missed", _ => "met" },
                Unit = status.Unit,
                Adjusted = period.Adjusted,
                Raw = period.Raw,
                Minutes = period.Minutes,
                MinutesWithData = period.MinutesWithData,
                Days = period.Days,
                Pages = mine.Count(a => a.Severity == AlertSeverity.Page),
                Tickets = mine.Count(a => a.Severity == AlertSeverity.Ticket),
                Durations = period.Durations,
                UsedBy = found.Count < MostSplit && period.Adjusted.Bad > 0 ? await UsedByAsync(status.Id, question, cancel) : [],
            });
        }

        return found;
    }

    private async Task<IReadOnlyList<Attribution>> UsedByAsync(string id, ReportQuestion question, CancellationToken cancel)
    {
        var found = new List<Attribution>();
        foreach (var by in Views.Where(v => budgets.Splits.Contains(v, StringComparer.Ordinal)))
        {
            if (await budgets.SplitAsync(id, by, question.From, question.Until, MostParts, cancel) is not { Parts.Count: > 0 } split) continue;
            // One value that has everything, and no name, says nothing.
            if (split.Parts is [{ Key: "" }]) continue;
            found.Add(split);
        }

        return found;
    }
}
