using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Core.Resources.Diff;

namespace Tidegate.Verbs;

/// <summary><c>tidegate diff</c>.</summary>
internal sealed class DiffVerb : AdminVerb
{
    private readonly Argument<long> _from = new("from") { Description = "Revision before; 0 is the empty one" };
    private readonly Argument<long> _to = new("to") { Description = "Revision after" };

    public DiffVerb()
        : base("diff", "Show what differs between two revisions, key by key.")
    {
        Arguments.Add(_from);
        Arguments.Add(_to);
    }

    public override IReadOnlyList<string> Examples => ["diff 16 17"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var diff = await context.Admin.GetAsync<DocumentDiff>(AdminPath.Of("config/diff", ("from", $"{context.Get(_from)}"), ("to", $"{context.Get(_to)}")), context.Cancel);
        context.Show(diff, (screen, d) =>
        {
            ConfigScreens.Changes(screen, d.Changes);
            context.Say(d.Changes.Count == 0 ? "No differences." : $"{d.Summary}.");
        });
        return ExitCode.Ok;
    }
}
