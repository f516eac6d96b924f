using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Operations.Delivery;
using Tidegate.Verbs.Objectives;

namespace Tidegate.Verbs.Delivery;

/// <summary><c>tidegate rollout list</c>.</summary>
internal sealed class RolloutListVerb : AdminVerb
{
    private readonly Option<bool> _all = new("--all") { Description = "Those that have ended, too" };

    public RolloutListVerb()
        : base("list", "List the rollouts under way, newest first.") => Options.Add(_all);

    public override async Task<int> RunAsync(VerbContext context)
    {
        var path = AdminPath.Of("rollouts", ("all", context.Get(_all) ? "true" : null));
        var rollouts = await context.Admin.ItemsAsync<Rollout>(path, context.Cancel).ToListAsync(context.Cancel);
        context.ShowList(
            rollouts,
            "No rollout is under way.",
            new Column<Rollout>("ID", r => r.Id),
            new Column<Rollout>("ROUTE", r => r.Route),
            new Column<Rollout>("CANARY", r => r.Canary),
            new Column<Rollout>("STATE", r => RolloutText.State(r.State)),
            new Column<Rollout>("SHARE", r => $"{r.Share} %") { Right = true },
            new Column<Rollout>("SINCE", r => ObjectiveText.Time(r.EndedAt ?? r.StepStartedAt)),
            new Column<Rollout>("WHY", r => r.Report is { } report && r.IsActive ? report.Summary : r.Reason) { Spare = 1 });
        return ExitCode.Ok;
    }
}
