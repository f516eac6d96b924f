using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Insight.PostMortems;
using Tidegate.Verbs.Objectives;

namespace Tidegate.Verbs.PostMortems;

/// <summary><c>tidegate postmortems list</c>.</summary>
internal sealed class PostMortemsListVerb : AdminVerb
{
    private readonly Option<bool> _all = new("--all") { Description = "Those that are not due, too" };

    public PostMortemsListVerb()
        : base("list", "Show the mandatory post-mortems that are due, newest first.") => Options.Add(_all);

    public override IReadOnlyList<string> Examples => ["postmortems list", "postmortems list --all"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var rows = await context.Admin.ItemsAsync<PostMortem>(AdminPath.Of("postmortems", ("all", context.Get(_all) ? "true" : null)), context.Cancel).ToListAsync(context.Cancel);
        context.ShowList(
            rows,
            context.Get(_all) ? "Nobody has begun a post-mortem." : "No post-mortem is due.",
            new Column<PostMortem>("INCIDENT", p => p.Incident),
            new Column<PostMortem>("STATE", PostMortemText.State) { Style = p => p.IsDue ? "red" : null, Wraps = true },
            new Column<PostMortem>("MANDATORY SINCE", p => p.RequiredAt is { } at ? ObjectiveText.Time(at) : "it is not"),
            new Column<PostMortem>("BY", p => p.RequiredBy) { Spare = 1 },
            new Column<PostMortem>("TITLE", p => p.Title) { Wraps = true });
        return ExitCode.Ok;
    }
}
