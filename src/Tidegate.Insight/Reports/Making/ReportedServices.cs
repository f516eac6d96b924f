using Tidegate.Insight.Incidents;
using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Reports.Making;

/// <summary>Whether a report is about a service that there is: of a mistyped one it would say that nothing was promised.</summary>
internal sealed class ReportedServices(KnownServices services, IncidentStore incidents)
{
    /// <summary>Throws a <see cref="Platform.Hosting.ProblemException"/> (404) when the report has nothing of its service, and neither the configuration nor a release nor an incident names it.</summary>
    public async Task AssertAsync(Report report, CancellationToken cancel)
    {
        // What left the configuration is known by what is kept of it: calls, alerts from outside, incidents of any month.
        if (report.Service is not { } service || report.Objectives.Count > 0 || report.Outside.Count > 0 || report.Signs.Any(s => s.Sample > 0)) return;
        if ((await incidents.ListAsync(all: true, service, below: null, limit: 1, cancel)).Count == 0) await services.AssertAsync([service], cancel);
    }
}
