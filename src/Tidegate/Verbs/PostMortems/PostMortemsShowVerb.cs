using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Insight.PostMortems;
using Tidegate.Verbs.Objectives;

namespace Tidegate.Verbs.PostMortems;

/// <summary><c>tidegate postmortems show</c>.</summary>
internal sealed class PostMortemsShowVerb : AdminVerb
{
    private readonly Argument<string> _incident = new("incident") { Description = "Id of the incident", HelpName = "incident" };

    public PostMortemsShowVerb()
        : base("show", "Show the post-mortem of an incident.") => Arguments.Add(_incident);

    public override IReadOnlyList<string> Examples => ["postmortems show inc_3"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var found = await context.Admin.GetAsync<PostMortem>($"postmortems/{AdminPath.Segment(context.Get(_incident)!)}", context.Cancel);
        context.ShowObject(
            found,
            [
                ("incident", $"{found.Incident}: {found.Title}"),
                ("mandatory", found.RequiredAt is { } at ? $"since {ObjectiveText.Time(at)} by {found.RequiredBy}: {found.Reason}" : "no"),
                ("state", PostMortemText.State(found)),
                .. found.Actions.Select(a => ($"action {a.Number}, {a.Priority}", (string?)PostMortemText.Item(a))),
                ("text", found.Text),
            ]);
        return ExitCode.Ok;
    }
}
