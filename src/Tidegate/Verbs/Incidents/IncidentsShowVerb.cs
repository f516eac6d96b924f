using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Insight.Incidents;
using Tidegate.Platform.Hosting;
using Tidegate.Verbs.Objectives;

namespace Tidegate.Verbs.Incidents;

/// <summary><c>tidegate incidents show</c>.</summary>
internal sealed class IncidentsShowVerb : AdminVerb
{
    private readonly Argument<string> _incident = new("incident") { Description = "Id of the incident, as 'incidents list' shows it", HelpName = "incident" };

    public IncidentsShowVerb()
        : base("show", "Show one incident with its timeline.") => Arguments.Add(_incident);

    public override IReadOnlyList<string> Examples => ["incidents show inc_3"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var id = AdminPath.Segment(context.Get(_incident)!);
        var incident = await context.Admin.GetAsync<Incident>($"incidents/{id}", context.Cancel);
        var timeline = await context.Admin.GetAsync<Page<TimelineEntry>>($"incidents/{id}/timeline", context.Cancel);
        context.ShowObject(
            new { Incident = incident, Timeline = timeline.Items },
            [
                ("incident", $"{incident.Id}: {incident.Title}"),
                ("severity", incident.Severity.ToString().ToUpperInvariant()),
                ("services", string.Join(", ", incident.Services)),
                ("objectives", string.Join(", ", incident.Objectives)),
                ("users hurt since", ObjectiveText.Time(incident.ImpactStart)),
                ("opened", $"{ObjectiveText.Time(incident.OpenedAt)} by {incident.OpenedBy}"),
                ("acknowledged", incident.AcknowledgedAt is { } at ? $"{ObjectiveText.Time(at)} by {incident.AcknowledgedBy}" : "nobody said so"),
                ("closed", incident.ClosedAt is { } end ? $"{ObjectiveText.Time(end)} by {incident.ClosedBy}" : "it is open"),
                .. incident.BudgetUsed.Select(u => ("budget used", (string?)$"{ObjectiveText.Percent(u.Value)} of {u.Key}")),
                .. incident.Alerts.Select(a => ("alert", (string?)(incident.Firing.Contains(a, StringComparer.Ordinal) ? $"{a} (it fires)" : a))),
                .. timeline.Items.Select(e => (ObjectiveText.Time(e.At), (string?)$"{e.Kind}{(e.Author.Length > 0 ? $" by {e.Author}" : "")}: {e.Text}")),
            ]);
        return ExitCode.Ok;
    }
}
