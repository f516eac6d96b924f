using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Insight.Incidents;

namespace Tidegate.Verbs.Incidents;

/// <summary><c>tidegate incidents close</c>.</summary>
internal sealed class IncidentsCloseVerb : AdminVerb
{
    private readonly Argument<string> _incident = new("incident") { Description = "Id of the incident", HelpName = "incident" };
    private readonly Option<string?> _note = new("--note", "-m") { Description = "What ended it", HelpName = "text" };

    public IncidentsCloseVerb()
        : base("close", "Close an incident.")
    {
        Arguments.Add(_incident);
        Options.Add(_note);
    }

    public override IReadOnlyList<string> Examples => ["incidents close inc_3 -m \"v2 rolled back\""];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var id = context.Get(_incident)!;
        var closed = await context.Admin.SendAsync<object, Incident>(HttpMethod.Post, $"incidents/{AdminPath.Segment(id)}/close", new { Note = context.Get(_note) }, context.Cancel);
        context.Say($"{id} is closed.");
        if (closed.Firing.Count > 0)
            context.Say($"{string.Join(", ", closed.Firing)} still {(closed.Firing.Count == 1 ? "fires" : "fire")}: closing an incident ends no alert. 'tidegate alerts show {closed.Firing[0]}' says what of.");
        return ExitCode.Ok;
    }
}
