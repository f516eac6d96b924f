using System.CommandLine;
using System.Globalization;
using Tidegate.Cli;
using Tidegate.Insight.Objectives;

namespace Tidegate.Verbs.Objectives;

/// <summary><c>tidegate slo show</c>.</summary>
internal sealed class SloShowVerb : AdminVerb
{
    private readonly Argument<string> _objective = new("objective") { Description = "Id of the objective, as 'slo list' shows it", HelpName = "objective" };

    public SloShowVerb()
        : base("show", "Show one objective with every window.") => Arguments.Add(_objective);

    public override IReadOnlyList<string> Examples => ["slo show checkout"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var id = string.Join('/', context.Get(_objective)!.Split('/').Select(AdminPath.Segment));
        var o = await context.Admin.GetAsync<ObjectiveStatus>($"objectives/{id}", context.Cancel);
        var isRaw = o.Excluded.Count > 0;
        context.ShowObject(
            o,
            [
                ("objective", o.DisplayName),
                ("good", o.Good),
                ("state", o.Reason.Length > 0 ? $"{o.State}: {o.Reason}" : o.State),
                ("target", ObjectiveText.Percent(o.Target)),
                ("is", $"{ObjectiveText.Percent(o.Ratio)}{(o.Confidence is { } c ? $" ({ObjectiveText.Percent(c.Low)} to {ObjectiveText.Percent(c.High)} with 95 % confidence)" : "")}"),
                ("seen", string.Create(CultureInfo.InvariantCulture, $"{o.Total:0.##} {o.Unit}, {o.Bad:0.##} bad, since {ObjectiveText.Time(o.PeriodStart)}")),
                ("budget left", o.BudgetLeft is null ? "unknown" : string.Create(CultureInfo.InvariantCulture, $"{ObjectiveText.Percent(o.BudgetLeft)}: {o.BudgetLeftUnits:0.##} {o.Unit}, or {o.BudgetLeftMinutes:0.#} minutes of outage")),
                ("lasts", ObjectiveText.Left(o)),
                .. isRaw ? [("without exclusions", (string?)$"{ObjectiveText.Percent(o.RawRatio)}, {ObjectiveText.Percent(o.RawBudgetLeft)} of the budget left")] : Array.Empty<(string, string?)>(),
                .. o.Excluded.Select(e => ("excluded", (string?)e)),
                .. o.Burn.Select(b => ($"burn {b.Key}", (string?)ObjectiveText.Burn(b.Value))),
                .. o.Alerts.Select(a => ("alert", (string?)a)),
            ]);
        return ExitCode.Ok;
    }
}
