using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Platform.Audit;

namespace Tidegate.Verbs.Audit;

/// <summary><c>tidegate audit list</c>.</summary>
internal sealed class AuditListVerb : AdminVerb
{
    private readonly Option<string?> _actor = new("--actor") { Description = "Only changes by this user or module", HelpName = "name" };
    private readonly Option<string?> _action = new("--action") { Description = "Only this action; config.* takes a prefix", HelpName = "action" };
    private readonly Option<string?> _target = new("--target") { Description = "Only changes of this; key/* takes a prefix", HelpName = "kind/name" };
    private readonly Option<int> _limit = new("--limit") { Description = "Most rows shown", HelpName = "n", DefaultValueFactory = _ => 50 };

    public AuditListVerb()
        : base("list", "Show who changed what, newest first.")
    {
        Options.Add(_actor);
        Options.Add(_action);
        Options.Add(_target);
        Options.Add(_limit);
    }

    public override IReadOnlyList<string> Examples => ["audit list --action config.*", "audit list --actor ada --limit 10"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var path = AdminPath.Of("audit", ("actor", context.Get(_actor)), ("action", context.Get(_action)), ("target", context.Get(_target)));
        var rows = await context.Admin.ItemsAsync<AuditRow>(path, context.Cancel).Take(Math.Max(1, context.Get(_limit))).ToListAsync(context.Cancel);
        context.ShowList(
            rows,
            "No such changes.",
            new Column<AuditRow>("ROW", row => row.Sequence.ToString()) { Right = true },
            new Column<AuditRow>("TIME", row => row.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'")),
            new Column<AuditRow>("WHO", row => row.Actor),
            new Column<AuditRow>("FROM", row => row.Address),
            new Column<AuditRow>("ACTION", row => row.Action),
            new Column<AuditRow>("TARGET", row => row.Target));
        return ExitCode.Ok;
    }
}
