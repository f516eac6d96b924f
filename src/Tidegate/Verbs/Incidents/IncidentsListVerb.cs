using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Insight.Incidents;
using Tidegate.Verbs.Objectives;

namespace Tidegate.Verbs.Incidents;

/// <summary><c>tidegate incidents list</c>.</summary>
internal sealed class IncidentsListVerb : AdminVerb
{
    private readonly Option<bool> _all = new("--all") { Description = "Those that are closed, too" };
    private readonly Option<string?> _service = new("--service") { Description = "Only those of this service", HelpName = "name" };
    private readonly Option<int> _limit = new("--limit") { Description = "Most shown", HelpName = "n", DefaultValueFactory = _ => 50 };

    public IncidentsListVerb()
        : base("list", "Show the incidents that are open, newest first.")
    {
        Options.Add(_all);
        Options.Add(_service);
        Options.Add(_limit);
    }

    public override IReadOnlyList<string> Examples => ["incidents list", "incidents list --all --service checkout"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var path = AdminPath.Of("incidents", ("all", context.Get(_all) ? "true" : null), ("service", context.Get(_service)));
        var rows = await context.Admin.ItemsAsync<Incident>(path, context.Cancel).Take(Math.Max(1, context.Get(_limit))).ToListAsync(context.Cancel);
        context.ShowList(
            rows,
            context.Get(_all) ? "There was no incident." : "No incident is open.",
            new Column<Incident>("INCIDENT", i => i.Id),
            new Column<Incident>("SEVERITY", i => i.Severity.ToString().ToUpperInvariant()) { Style = i => i is { IsOpen: true, Severity: <= IncidentSeverity.Sev2 } ? "red" : null },
            new Column<Incident>("OPENED", i => ObjectiveText.Time(i.OpenedAt)),
            new Column<Incident>("CLOSED", i => i.ClosedAt is { } end ? ObjectiveText.Time(end) : "open"),
            new Column<Incident>("BY", i => i.OpenedBy) { Spare = 1 },
            new Column<Incident>("SERVICES", i => string.Join(", ", i.Services)) { Wraps = true },
            new Column<Incident>("TITLE", i => i.Title) { Wraps = true });
        return ExitCode.Ok;
    }
}
