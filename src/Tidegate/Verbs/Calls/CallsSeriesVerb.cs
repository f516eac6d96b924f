using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Insight.CallLog;

namespace Tidegate.Verbs.Calls;

/// <summary><c>tidegate calls series</c>.</summary>
internal sealed class CallsSeriesVerb : AdminVerb
{
    private readonly CallSelection _which;
    private readonly Option<string?> _step = new("--step") { Description = "Length of a step [default: one that makes about 60 to 120 of them]", HelpName = "duration" };
    private readonly Option<string?> _by = new("--by") { Description = "A series for each value of a field: route, consumer, status, outcome, destination, ...", HelpName = "field" };
    private readonly Option<int> _series = new("--series") { Description = "Most series, by number of calls; the rest is one more", HelpName = "number", DefaultValueFactory = _ => 10 };

    public CallsSeriesVerb()
        : base("series", "Show counts, errors and percentiles of calls over time; without --since of the last hour.")
    {
        _which = new(this);
        foreach (var option in (Option[])[_step, _by, _series]) Options.Add(option);
    }

    public override IReadOnlyList<string> Examples => ["calls series --step 1m --by route --since 1h", "calls series --where 'consumer = \"acme\"' --since 7d --step 1h -o json"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var path = _which.Path(context, "calls/series", ("step", context.Get(_step)), ("by", context.Get(_by)), ("limit", $"{context.Get(_series)}"));
        CallSeries series;
        try
        {
            series = await context.Admin.GetAsync<CallSeries>(path, context.Cancel);
        }
        catch (VerbFailure wrong) when (wrong.Parameter == "by")
        {
            throw wrong.About(_by.Name);
        }

        if (series.Lines.Any(line => line.Points.Any(point => point.Numbers.Count > 0)) || context.Output != OutputFormat.Table) context.Show(series, (screen, s) => SeriesScreen.Draw(screen, s, context.Terminal.OutIsTerminal));
        else context.Say("No such calls in this time.");
        return ExitCode.Ok;
    }
}
