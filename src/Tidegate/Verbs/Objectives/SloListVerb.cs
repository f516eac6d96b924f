using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Insight.Objectives;

namespace Tidegate.Verbs.Objectives;

/// <summary><c>tidegate slo list</c>.</summary>
internal sealed class SloListVerb : AdminVerb
{
    private readonly Option<string?> _service = new("--service") { Description = "Only objectives of this service", HelpName = "name" };

    public SloListVerb()
        : base("list", "Show how objectives stand, least budget first.") => Options.Add(_service);

    public override IReadOnlyList<string> Examples => ["slo list", "slo list --service orders --output json"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var rows = await context.Admin.ItemsAsync<ObjectiveStatus>(AdminPath.Of("objectives", ("service", context.Get(_service))), context.Cancel).ToListAsync(context.Cancel);
        context.ShowList(
            rows.OrderBy(r => r.BudgetLeft ?? double.MaxValue).ThenBy(r => r.Id, StringComparer.Ordinal).ToList(),
            "There are no objectives: the configuration has no SLO that can be judged.",
            new Column<ObjectiveStatus>("OBJECTIVE", o => o.Id),
            new Column<ObjectiveStatus>("SERVICE", o => o.Service) { Spare = 2 },
            new Column<ObjectiveStatus>("STATE", o => o.State) { Style = o => ObjectiveText.Style(o.State) },
            new Column<ObjectiveStatus>("TARGET", o => ObjectiveText.Percent(o.Target)) { Right = true },
            new Column<ObjectiveStatus>("IS", o => ObjectiveText.Percent(o.Ratio)) { Right = true },
            new Column<ObjectiveStatus>("BUDGET LEFT", o => ObjectiveText.Percent(o.BudgetLeft)) { Right = true },
            new Column<ObjectiveStatus>("BURN 1H", o => ObjectiveText.Burn(o.Burn.GetValueOrDefault("1h"))) { Right = true, Spare = 3 },
            new Column<ObjectiveStatus>("LASTS", ObjectiveText.Left) { Right = true, Spare = 1 });
        foreach (var row in rows.Where(r => r.State == "not_judged")) context.Say($"{row.Id} is not judged: {row.Reason}");
        return ExitCode.Ok;
    }
}
