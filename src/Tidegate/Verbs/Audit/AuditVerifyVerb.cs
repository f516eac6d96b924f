using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Platform.Audit;

namespace Tidegate.Verbs.Audit;

/// <summary><c>tidegate audit verify</c>.</summary>
internal sealed class AuditVerifyVerb : AdminVerb
{
    private readonly Option<string[]> _anchors = new("--anchor") { Description = "SEQUENCE:HASH of an earlier verification to check against; repeatable", HelpName = "anchor" };

    public AuditVerifyVerb()
        : base("verify", "Check that no row of the trail was altered, removed or cut off.") => Options.Add(_anchors);

    public override IReadOnlyList<string> Examples => ["audit verify", "audit verify --anchor 812:9ef6..."];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var query = (context.Get(_anchors) ?? []).Select(anchor => ("anchor", (string?)anchor)).ToArray();
        var found = await context.Admin.GetAsync<AuditVerification>(AdminPath.Of("audit/verify", query), context.Cancel);
        if (context.Output != OutputFormat.Table) context.ShowObject(found);
        else if (found.Sound) context.Terminal.Out.WriteLine($"sound: {found.Rows} rows, confirmed outside the database up to row {found.Anchor}; newest {found.Sequence}:{found.Hash}");
        else context.Terminal.Out.WriteLine($"BROKEN at row {found.FirstBroken}: {found.Rows} rows, {found.Problems.Count} problems");
        foreach (var problem in found.Problems) context.Say($"row {problem.Sequence}  {problem.Code}  {problem.Detail}");
        return found.Sound ? ExitCode.Ok : ExitCode.Found;
    }
}
