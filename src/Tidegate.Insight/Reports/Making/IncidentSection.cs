using Tidegate.Insight.Incidents;
using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Reports.Making;

/// <summary>The incidents of a report.</summary>
internal sealed class IncidentSection(IncidentStore incidents, AlertList alerts)
{
    /// <summary>Makes it, oldest first.</summary>
    public async Task<IReadOnlyList<ReportedIncident>> MakeAsync(ReportQuestion question, CancellationToken cancel)
    {
        var found = new List<ReportedIncident>();
        foreach (var incident in (await incidents.SinceAsync(question.From, cancel)).Where(i => i.ImpactStart < question.Until && (question.Service is null || i.Services.Contains(question.Service, StringComparer.Ordinal))).OrderBy(i => i.ImpactStart))
        {
            var detected = incident.OpenedAt;
            foreach (var id in incident.Alerts)
                if (await alerts.FindAsync(id, cancel) is { } alert && alert.FiredAt < detected) detected = alert.FiredAt;
            found.Add(new ReportedIncident
            {
                Id = incident.Id,
                Title = incident.Title,
                Severity = incident.Severity.ToString().ToLowerInvariant(),
                ImpactStart = incident.ImpactStart,
                DetectedAt = detected > incident.ImpactStart ? detected : incident.ImpactStart,
                ClosedAt = incident.ClosedAt,
                BudgetUsed = await incidents.UsedAsync(incident, cancel),
            });
        }

        return found;
    }
}
