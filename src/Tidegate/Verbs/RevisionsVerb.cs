using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Platform.ConfigStore;

namespace Tidegate.Verbs;

/// <summary><c>tidegate revisions</c>.</summary>
internal sealed class RevisionsVerb : AdminVerb
{
    private readonly Option<int> _limit = new("--limit") { Description = "Most revisions shown", HelpName = "number", DefaultValueFactory = _ => 20 };

    public RevisionsVerb()
        : base("revisions", "List the history of the configuration, newest first.") => Options.Add(_limit);

    public override async Task<int> RunAsync(VerbContext context)
    {
        var revisions = await context.Admin.ItemsAsync<Revision>("config/revisions", context.Cancel).Take(context.Get(_limit)).ToListAsync(context.Cancel);
        context.ShowList(
            revisions,
            "No revisions yet: make the first with 'tidegate apply'.",
            new Column<Revision>("REVISION", r => r.Number.ToString()) { Right = true },
            new Column<Revision>("TIME", r => r.Time.ToString("yyyy-MM-dd HH:mm:ss'Z'")),
            new Column<Revision>("AUTHOR", r => r.Author),
            new Column<Revision>("CHANGES", r => r.Summary),
            new Column<Revision>("MESSAGE", r => r.Message));
        return ExitCode.Ok;
    }
}
