using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Operations.Delivery;
using Tidegate.Verbs.Objectives;

namespace Tidegate.Verbs.Delivery;

/// <summary><c>tidegate release list</c>.</summary>
internal sealed class ReleaseListVerb : AdminVerb
{
    private readonly Option<string?> _service = new("--service") { Description = "Only those of a service", HelpName = "name" };
    private readonly Option<int> _limit = new("--limit") { Description = "Most releases shown", HelpName = "n", DefaultValueFactory = _ => 50 };

    public ReleaseListVerb()
        : base("list", "List releases, newest first.")
    {
        Options.Add(_service);
        Options.Add(_limit);
    }

    public override async Task<int> RunAsync(VerbContext context)
    {
        var path = AdminPath.Of("releases", ("service", context.Get(_service)), ("limit", Math.Clamp(context.Get(_limit), 1, 1000).ToString()));
        var releases = await context.Admin.ItemsAsync<Release>(path, context.Cancel).ToListAsync(context.Cancel);
        context.ShowList(
            releases,
            "No release is known: tell of one with 'tidegate release start'.",
            new Column<Release>("ID", r => r.Id),
            new Column<Release>("SERVICE", r => r.Service),
            new Column<Release>("VERSION", r => r.Version),
            new Column<Release>("STATE", r => r.State == ReleaseState.RolledBack ? "rolled_back" : r.State.ToString().ToLowerInvariant()),
            new Column<Release>("STARTED", r => ObjectiveText.Time(r.StartedAt)),
            new Column<Release>("FINISHED", r => r.FinishedAt is { } end ? ObjectiveText.Time(end) : "") { Spare = 1 },
            new Column<Release>("CHANGE", r => r.Change) { Spare = 2 },
            new Column<Release>("AUTHOR", r => r.Author) { Spare = 3 });
        return ExitCode.Ok;
    }
}
