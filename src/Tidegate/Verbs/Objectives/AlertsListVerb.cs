using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Objectives;

namespace Tidegate.Verbs.Objectives;

/// <summary><c>tidegate alerts list</c>.</summary>
internal sealed class AlertsListVerb : AdminVerb
{
    private readonly Option<bool> _all = new("--all") { Description = "Those that have ended, too" };
    private readonly Option<int> _limit = new("--limit") { Description = "Most alerts shown", HelpName = "n", DefaultValueFactory = _ => 50 };

    public AlertsListVerb()
        : base("list", "Show the alerts that fire, newest first.")
    {
        Options.Add(_all);
        Options.Add(_limit);
    }

    public override IReadOnlyList<string> Examples => ["alerts list", "alerts list --all --limit 10"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var limit = context.Get(_limit);
        if (limit is < 1 or > 1000) throw new VerbFailure(ExitCode.Usage, $"The limit {limit} is out of range.") { Action = "Use 1 to 1000." };
        var all = context.Get(_all);
        var page = await context.Admin.GetAsync<Platform.Hosting.Page<Alert>>($"alerts?all={(all ? "true" : "false")}&limit={limit}", context.Cancel);
        context.ShowList(
            page.Items,
            all ? "There was no alert." : "No alert fires.",
            new Column<Alert>("ALERT", a => a.Id),
            new Column<Alert>("SEVERITY", a => a.Severity.ToString().ToLowerInvariant()) { Style = a => a.ResolvedAt is null && a.Severity == AlertSeverity.Page ? "red" : null, Spare = 3 },
            new Column<Alert>("SINCE", a => ObjectiveText.Time(a.FiredAt)),
            new Column<Alert>("ENDED", a => a.ResolvedAt is { } end ? ObjectiveText.Time(end) : "fires") { Spare = all ? 0 : 2 },
            new Column<Alert>("ORIGIN", a => a.Origin) { Spare = 1 },
            new Column<Alert>("SUMMARY", a => a.Title is { } title && title != a.Summary ? $"{title}: {a.Summary}" : a.Summary) { Wraps = true });
        return ExitCode.Ok;
    }
}
