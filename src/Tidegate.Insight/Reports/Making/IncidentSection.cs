using Tidegate.Insight.Incidents;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.PostMortems;

namespace Tidegate.Insight.Reports.Making;

/// <summary>The incidents of a report.</summary>
internal sealed class IncidentSection(IncidentStore incidents, PostMortemStore postMortems, AlertList alerts)
{
    /// <summary>Makes it, oldest first.</summary>
    public async Task<IReadOnlyList<ReportedIncident>> MakeAsync(ReportQuestion question, CancellationToken cancel)
    {
        var found = new List<ReportedIncident>();
        foreach (var incident in (await incidents.SinceAsync(question.From, cancel)).Where(i => i.ImpactStart < question.Until && (question.Service is null || i.Services.Contains(question.Service, StringComparer.Ordinal))).OrderBy(i => i.ImpactStart))
        {
            var (detected, notified, acknowledged) = (incident.OpenedAt, incident.NotifiedAt, incident.AcknowledgedAt);
            var (ended, fires) = ((DateTimeOffset?)null, false);
            foreach (var id in incident.Alerts)
            {
                if (await alerts.FindAsync(id, cancel) is not { } alert) continue;
                if (alert.FiredAt < detected) detected = alert.FiredAt;
                if (alert.ResolvedAt is not { } end) fires = true;
                else if (!(end < ended)) ended = end;
                // Whoever took care where they were paged need not say so here.
                if (alert.AcknowledgedAt < (acknowledged ?? DateTimeOffset.MaxValue)) (notified, acknowledged) = (alert.FiredAt, alert.AcknowledgedAt);
            }

            found.Add(new ReportedIncident
            {
                Id = incident.Id,
                Title = incident.Title,
                Severity = incident.Severity.ToString().ToLowerInvariant(),
                ImpactStart = incident.ImpactStart,
                DetectedAt = detected > incident.ImpactStart ? detected : incident.ImpactStart,
                NotifiedAt = notified,
                AcknowledgedAt = acknowledged,
                MitigatedAt = fires ? null : ended,
                ClosedAt = incident.ClosedAt,
                BudgetUsed = await incidents.UsedAsync(incident, cancel),
                PostMortem = await postMortems.FindAsync(incident.Id, cancel) switch { null => "", { IsDue: true } => "due", { WrittenAt: not null } => "written", _ => "begun" },
            });
        }

        return found;
    }
}
