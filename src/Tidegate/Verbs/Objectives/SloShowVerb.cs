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
        var ceiling = context.Output == OutputFormat.Table ? await CeilingAsync(context, o.Id) : null;
        var isRaw = o.Excluded.Count > 0;
        context.ShowObject(
            o,
            [
                ("objective", o.DisplayName),
                ("good", o.Good),
                ("state", o.Reason.Length > 0 ? $"{o.State}: {o.Reason}" : o.State),
                ("target", ObjectiveText.Percent(o.Target)),
                ("is", $"{ObjectiveText.Percent(o.Ratio)}{(o.Confidence is { } c ? $" ({ObjectiveText.Percent(c.Low)} to {ObjectiveText.Percent(c.High)} with 95 % confidence)" : "")}"),
                ("seen", o.State == "not_judged" ? null : string.Create(CultureInfo.InvariantCulture, $"{o.Total:#,0.##} {o.Unit}, {o.Bad:#,0.##} bad, in the period since {ObjectiveText.Time(o.PeriodStart)}")),
                ("budget left", o.BudgetLeft is null ? "unknown" : string.Create(CultureInfo.InvariantCulture, $"{ObjectiveText.Percent(o.BudgetLeft)}: {o.BudgetLeftUnits:#,0.##} {o.Unit}, or {o.BudgetLeftMinutes:#,0.#} minutes of outage")),
                ("lasts", ObjectiveText.Left(o)),
                .. o.CoarseUntil is { } coarse ? [("slices", (string?)$"those before {ObjectiveText.Time(coarse)} have the ratio of the five minutes or the hour they lie in: history that old is kept no finer")] : Array.Empty<(string, string?)>(),
                .. isRaw ? [("without exclusions", (string?)$"{ObjectiveText.Percent(o.RawRatio)}, {ObjectiveText.Percent(o.RawBudgetLeft)} of the budget left")] : Array.Empty<(string, string?)>(),
                .. o.Excluded.Select(e => ("excluded", (string?)e)),
                .. ObjectiveText.InOrder(o.Burn).Select(b => ($"burn {b.Key}", (string?)ObjectiveText.Burn(b.Value))),
                .. o.Alerts.Select(a => ("alert", (string?)a)),
                .. ceiling is null ? [] : CeilingLines(o, ceiling),
            ]);
        return ExitCode.Ok;
    }

    // It is beside the matter: who may not ask it, or whose call log is away, sees the objective all the same.
    private static async Task<ObjectiveCeiling?> CeilingAsync(VerbContext context, string id)
    {
        try
        {
            return await context.Admin.GetAsync<ObjectiveCeiling>($"objectives/{AdminPath.Segment(id)}/ceiling", context.Cancel);
        }
        catch (VerbFailure)
        {
            return null;
        }
    }

    private static IEnumerable<(string, string?)> CeilingLines(ObjectiveStatus o, ObjectiveCeiling ceiling)
    {
        if (ceiling.Declared.Count > 0) yield return ("can promise", $"{Most(ceiling.DeclaredCeiling, o)} by what it declares: {string.Join(", ", ceiling.Declared.Select(p => $"{p.Service} {Promise(p)}"))}");
        if (ceiling.Observed.Count > 0) yield return ("by its traffic", $"{Most(ceiling.ObservedCeiling, o)}, if it cannot do without what it called: {string.Join(", ", ceiling.Observed.Select(p => $"{p.Service} {Promise(p)} in {ObjectiveText.Percent(p.Share)} of its calls ({p.From})"))}");
        if (ceiling.Reason.Length > 0) yield return ("by its traffic", ceiling.Reason);
    }

    private static string Most(double? ceiling, ObjectiveStatus o) => ceiling is null ? "not known" : $"at most {ObjectiveText.Percent(ceiling)}{(o.Target > ceiling ? ", less than it does" : "")}";

    private static string Promise(CeilingPart part) => part.Target is null ? "(promises nothing)" : ObjectiveText.Percent(part.Target);
}
