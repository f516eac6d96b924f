using System.CommandLine;
using Tidegate.Cli;

namespace Tidegate.Verbs.Incidents;

/// <summary><c>tidegate incidents note</c>.</summary>
internal sealed class IncidentsNoteVerb : AdminVerb
{
    private readonly Argument<string> _incident = new("incident") { Description = "Id of the incident", HelpName = "incident" };
    private readonly Argument<string> _text = new("text") { Description = "What to write down", HelpName = "text" };

    public IncidentsNoteVerb()
        : base("note", "Write something down about an incident.")
    {
        Arguments.Add(_incident);
        Arguments.Add(_text);
    }

    public override IReadOnlyList<string> Examples => ["incidents note inc_3 \"the database is at its limit of connections\""];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var id = context.Get(_incident)!;
        await context.Admin.SendAsync(HttpMethod.Post, $"incidents/{AdminPath.Segment(id)}/notes", new { Note = context.Get(_text)! }, context.Cancel);
        context.Say($"It stands in the timeline of {id}.");
        return ExitCode.Ok;
    }
}
