using System.CommandLine;
using System.Globalization;
using Tidegate.Cli;
using Tidegate.Insight.Objectives;

namespace Tidegate.Verbs.Objectives;

/// <summary><c>tidegate slo attribution</c>.</summary>
internal sealed class SloAttributionVerb : AdminVerb
{
    private readonly Argument<string> _objective = new("objective") { Description = "Id of the objective, as 'slo list' shows it", HelpName = "objective" };
    private readonly Option<string> _by = new("--by") { Description = "consumer, team, provider, region, version, route, service, destination, prompt, outcome, exclusion, experiment, incident, ...", HelpName = "what", DefaultValueFactory = _ => "outcome" };
    private readonly Option<string> _since = new("--since") { Description = "From when on: 7d, 12h, or a time", HelpName = "when", DefaultValueFactory = _ => "30d" };
    private readonly Option<string?> _until = new("--until") { Description = "Until when; without it until now", HelpName = "when" };
    private readonly Option<int> _limit = new("--limit") { Description = "Most values shown; what the others used is one more line", HelpName = "n", DefaultValueFactory = _ => 20 };

    public SloAttributionVerb()
        : base("attribution", "Show what used the error budget of an objective.")
    {
        Arguments.Add(_objective);
        foreach (var option in (Option[])[_by, _since, _until, _limit]) Options.Add(option);
    }

    public override IReadOnlyList<string> Examples => ["slo attribution checkout --by consumer --since 7d", "slo attribution checkout --by incident", "slo attribution checkout --by version --since 2026-01-01 --until 2026-02-01"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var path = AdminPath.Of(
            $"objectives/{AdminPath.Segment(context.Get(_objective)!)}/attribution",
            ("by", context.Get(_by)), ("from", context.Get(_since)), ("to", context.Get(_until)), ("limit", context.Get(_limit).ToString(CultureInfo.InvariantCulture)));
        Attribution split;
        try
        {
            split = await context.Admin.GetAsync<Attribution>(path, context.Cancel);
        }
        catch (VerbFailure wrong) when (wrong.Parameter is "from" or "to" or "by" or "limit")
        {
            throw wrong.About(wrong.Parameter switch { "from" => _since.Name, "to" => _until.Name, "by" => _by.Name, _ => _limit.Name });
        }

        context.Show(split, (screen, a) =>
        {
            screen.Write(Tables.Of(
                [.. a.Parts, .. a.Others is { } others ? [others with { Key = $"({others.Text})", Text = "" }] : Array.Empty<AttributionPart>(), a.Rest with { Key = a.Source == "times" ? "(at other times)" : "(not known)" }, a.Whole with { Key = "(all)" }],
                [
                    new Column<AttributionPart>(a.By.ToUpperInvariant(), p => p.Key.Length > 0 ? p.Key : "(none)"),
                    new Column<AttributionPart>("BUDGET", p => ObjectiveText.Percent(p.Budget)) { Right = true },
                    new Column<AttributionPart>("OF WHAT WAS USED", p => ObjectiveText.Percent(p.Share)) { Right = true },
                    new Column<AttributionPart>(a.Unit.ToUpperInvariant(), p => p.Bad.ToString("0.##", CultureInfo.InvariantCulture)) { Right = true },
                    new Column<AttributionPart>("", p => p.Text) { Wraps = true },
                ]));
            context.Say($"{a.Objective} from {ObjectiveText.Time(a.From)} to {ObjectiveText.Time(a.Until)}, {SourceOf(a)}.");
            if (a.Reason.Length > 0) context.Say(a.Reason);
        });
        return ExitCode.Ok;
    }

    private static string SourceOf(Attribution a) => a.Source switch
    {
        "series" => "from exact counts of each value",
        "call_log" => "values from the call log",
        "times" => "from exact counts of the times",
        _ => "values are not known",
    };
}
