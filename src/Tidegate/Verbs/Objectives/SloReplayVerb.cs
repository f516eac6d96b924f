using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Spectre.Console;
using Tidegate.Cli;
using Tidegate.Core.Resources.Schema;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Hosting;

namespace Tidegate.Verbs.Objectives;

/// <summary><c>tidegate slo replay</c>.</summary>
internal sealed class SloReplayVerb : AdminVerb
{
    private readonly CandidateArguments _candidate;
    private readonly Option<string> _since = new("--since") { Description = "From when on: 7d, 12h, or a time", HelpName = "when", DefaultValueFactory = _ => "30d" };
    private readonly Option<string?> _until = new("--until") { Description = "Until when; without it until now", HelpName = "when" };

    public SloReplayVerb()
        : base("replay", "Show what proposed objectives and alerts would have made of recorded history; stores nothing and tells nobody.")
    {
        _candidate = new CandidateArguments(this, offline: true);
        Options.Add(_since);
        Options.Add(_until);
    }

    public override IReadOnlyList<string> Examples => ["slo replay slo.yaml --since 30d", "slo replay ./slos --since 2026-01-01 --until 2026-02-01 --output json"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var body = new Body([.. _candidate.Texts(context).Select(t => new CandidateArguments.FileBody(t.Name, t.Text))], context.Get(_since)!, context.Get(_until), _candidate.Lenient(context));
        var replay = await context.Progress.WhileAsync("Replaying", (say, cancel) => AskAsync(context, body, say, cancel), context.Cancel);
        context.Show(replay, Draw);
        return ExitCode.Ok;
    }

    private static async Task<Replay> AskAsync(VerbContext context, Body body, Action<string> say, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "objectives/replay") { Content = JsonContent.Create(body, options: ApiJson.Options) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-ndjson"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/problem+json"));
        using var answer = await context.Admin.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel));
        while (await lines.ReadLineAsync(cancel) is { } text)
        {
            var line = JsonSerializer.Deserialize<Line>(text, ApiJson.Options)!;
            if (line.Replay is { } replay) return replay;
            if (line.Problem is { } problem) throw AdminFailure.Of(problem, context.Admin);
            if (line.Progress is { } at) say(string.Create(CultureInfo.InvariantCulture, $"Replaying {at.Objective}: {at.Done * 100:0} %"));
        }

        throw new VerbFailure(ExitCode.Failed, "The node ended the replay without an answer.") { Action = "Its log says why; try again." };
    }

    private static void Draw(IAnsiConsole screen, Replay replay)
    {
        screen.WriteLine($"From {ObjectiveText.Time(replay.From)} to {ObjectiveText.Time(replay.Until)}. Nothing was stored, and nobody was told.");
        foreach (var o in replay.Objectives)
        {
            screen.WriteLine();
            screen.Write(Tables.Lines(
            [
                ("objective", $"{o.Id}: {o.DisplayName}"),
                ("good", o.Good),
                ("target", ObjectiveText.Percent(o.Target)),
                ("history", HistoryOf(o)),
                .. o.Reason.Length > 0 ? [("not known", (string?)o.Reason)] : Array.Empty<(string, string?)>(),
                ("is at the end", o.Ratio is null ? "unknown" : string.Create(CultureInfo.InvariantCulture, $"{ObjectiveText.Percent(o.Ratio)}: {o.Bad:0.##} of {o.Total:0.##} {o.Unit} bad")),
                ("budget left", o.BudgetLeft is null ? "unknown" : $"{ObjectiveText.Percent(o.BudgetLeft)} at the end, {ObjectiveText.Percent(o.LeastBudgetLeft)} at its least"),
                .. o.Excluded.Count > 0 ? [("without exclusions", (string?)$"{ObjectiveText.Percent(o.RawBudgetLeft)} of the budget left")] : Array.Empty<(string, string?)>(),
                .. o.Excluded.Select(e => ("excluded", (string?)e)),
                ("would have alerted", o.History.Count == 0 ? "unknown" : $"{o.WouldHave.Count}"),
                ("did alert", $"{o.Did.Count}"),
            ]));
            if (o.WouldHave.Count + o.Did.Count > 0) screen.Write(AlertsOf(o));
        }

        foreach (var (slo, reason) in replay.NotJudged) screen.WriteLine($"{slo} is not judged: {reason}");
    }

    private static Table AlertsOf(ReplayedObjective o)
    {
        (string What, ReplayedAlert Alert)[] rows = [.. o.WouldHave.Select(a => ("would have", a)), .. o.Did.Select(a => ("did", a))];
        return Tables.Of(
            [.. rows.OrderBy(r => r.Alert.FiredAt).ThenBy(r => r.Alert.Severity)],
            [
                new Column<(string What, ReplayedAlert Alert)>("WHAT", r => r.What),
                new Column<(string What, ReplayedAlert Alert)>("SEVERITY", r => r.Alert.Severity.ToString().ToLowerInvariant()),
                new Column<(string What, ReplayedAlert Alert)>("FROM", r => ObjectiveText.Time(r.Alert.FiredAt) + (r.Alert.WithinSeconds > 60 ? $" (within {Duration.Format(TimeSpan.FromSeconds(r.Alert.WithinSeconds))})" : "")),
                new Column<(string What, ReplayedAlert Alert)>("UNTIL", r => r.Alert.ResolvedAt is { } end ? ObjectiveText.Time(end) : "fires at the end"),
                new Column<(string What, ReplayedAlert Alert)>("LASTED", r => Duration.Format(TimeSpan.FromSeconds(Math.Round(r.Alert.Seconds)))),
                new Column<(string What, ReplayedAlert Alert)>("CONDITION", r => r.Alert.Condition),
                new Column<(string What, ReplayedAlert Alert)>("BUDGET LEFT", r => ObjectiveText.Percent(r.Alert.BudgetLeft)),
            ]);
    }

    private static string HistoryOf(ReplayedObjective o) => o.History.Count == 0
        ? "none"
        : string.Create(CultureInfo.InvariantCulture, $"{o.MinutesWithData} of {o.Minutes} minutes have data ({100.0 * o.MinutesWithData / Math.Max(1, o.Minutes):0.#} %): {string.Join(", ", o.History.Select(h => $"{Word(h.Source)} from {ObjectiveText.Time(h.From)}"))}");

    private static string Word(string source) => source switch { "series" => "exact counts", "call_log" => "the call log", "parts" => "its parts", _ => source };

    private sealed record Body(IReadOnlyList<CandidateArguments.FileBody> Files, string Since, string? Until, bool Lenient);

    private sealed record Line(Replay? Replay, Problem? Problem, Step? Progress);

    private sealed record Step(double Done, string Objective);
}
