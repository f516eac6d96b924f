using System.CommandLine;
using Spectre.Console;
using Tidegate.Cli;
using Tidegate.Insight.Incidents;
using Tidegate.Verbs.Objectives;

namespace Tidegate.Verbs.Incidents;

/// <summary><c>tidegate incidents ack</c>.</summary>
internal sealed class IncidentsAckVerb : AdminVerb
{
    private readonly Argument<string> _incident = new("incident") { Description = "Id of the incident", HelpName = "incident" };

    public IncidentsAckVerb()
        : base("ack", "Say that you take care of an incident.") => Arguments.Add(_incident);

    public override IReadOnlyList<string> Examples => ["incidents ack inc_3"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var incident = await context.Admin.SendAsync<object?, Incident>(HttpMethod.Post, $"incidents/{AdminPath.Segment(context.Get(_incident)!)}/acknowledge", null, context.Cancel);
        context.Show(incident, (screen, i) => screen.WriteLine($"{i.AcknowledgedBy} takes care of {i.Id} since {ObjectiveText.Time(i.AcknowledgedAt!.Value)}."));
        return ExitCode.Ok;
    }
}
