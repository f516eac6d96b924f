using System.CommandLine;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Tidegate.Cli;
using Tidegate.Insight.CallLog;
using Tidegate.Platform.Hosting;

namespace Tidegate.Verbs.Calls;

/// <summary><c>tidegate calls</c>.</summary>
internal sealed class CallsVerb : AdminVerb
{
    private const int PageOfCalls = 1000; // of the API

    private readonly CallSelection _which;
    private readonly Option<int> _limit = new("--limit") { Description = "Most calls shown", HelpName = "number", DefaultValueFactory = _ => 50 };
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Show calls as they end, until Ctrl-C" };
    private readonly Option<bool> _histogram = new("--histogram") { Description = "Draw how long the newest calls took: 1,000, or as many as --limit says" };
    private readonly Option<string?> _top = new("--top") { Description = "Count calls by a field: route, consumer, status, outcome, destination, ...", HelpName = "field" };

    public CallsVerb()
        : base("calls", "Ask the call log: list, follow, count or draw calls.")
    {
        _which = new(this);
        foreach (var option in (Option[])[_limit, _follow, _histogram, _top]) Options.Add(option);
        Subcommands.Add(new CallsShowVerb());
        Subcommands.Add(new CallsSeriesVerb());
        Subcommands.Add(new CallsSqlVerb());
        Subcommands.Add(new CallsEraseVerb());
    }

    public override IReadOnlyList<string> Examples => ["calls --follow", "calls --where 'status >= 500' --since 15m", "calls --top route", "calls series --by route --since 1h", "calls show 0192f0c4a0b17c3e8d2f4b5a6c7d8e9f"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        Check(context);
        if (context.Get(_follow)) return await FollowAsync(context);
        if (context.Get(_top) is { } field) return await TopAsync(context, field);
        var most = context.Get(_histogram) && !context.IsGiven(_limit) ? PageOfCalls : context.Get(_limit);
        var path = _which.Path(context, "calls", ("limit", Math.Min(most, PageOfCalls).ToString()));
        var calls = await context.Admin.ItemsAsync<CallEntry>(path, context.Cancel).Take(most).ToListAsync(context.Cancel);
        if (context.Get(_histogram)) context.Show(DurationChart.Buckets(calls.Select(c => c.DurationUs)), DurationChart.Draw);
        else context.ShowList(calls, "No such calls. Calls appear within a second of their end; 'tidegate calls --follow' waits for them.", Columns);
        return ExitCode.Ok;
    }

    private static readonly Column<CallEntry>[] Columns =
    [
        new("TIME", c => c.StartedAt.ToString("HH:mm:ss.fff")),
        new("STATUS", c => c.Status.ToString()) { Right = true, Style = Colour },
        new("OUTCOME", c => c.Outcome) { Style = Colour },
        new("TOOK", c => DurationChart.Text(c.DurationUs)) { Right = true },
        new("ROUTE", c => c.Route) { Spare = 4 },
        new("CONSUMER", c => c.Consumer) { Spare = 2 },
        new("DESTINATION", c => c.Attempts > 1 ? $"{c.Destination} ({c.Attempts} attempts)" : c.Destination) { Spare = 3 },
        new("CALL", c => $"{c.Method} {c.Path}") { Wraps = true },
        new("WHY", c => c.Why) { Spare = 1 },
        new("ID", c => c.Id),
    ];

    private static string? Colour(CallEntry call) => call.Failed ? "red" : call.Status >= 400 ? "yellow" : null;

    private void Check(VerbContext context)
    {
        if (context.Get(_follow)) RefuseBoth(context, _follow, [_top, _histogram, _limit, .. _which.Times]);
        if (context.Get(_histogram)) RefuseBoth(context, _histogram, [_top]);
        if (context.Get(_limit) < 1) throw new VerbFailure(ExitCode.Usage, $"--limit: {context.Get(_limit)} calls cannot be shown.") { Action = "Give a number from 1." };
    }

    private static void RefuseBoth(VerbContext context, Option option, IEnumerable<Option> against)
    {
        if (against.FirstOrDefault(context.IsGiven) is { } other) throw new VerbFailure(ExitCode.Usage, $"{option.Name} and {other.Name} do not go together.") { Action = "Leave one of them out." };
    }

    private async Task<int> TopAsync(VerbContext context, string field)
    {
        Page<CallTopRow> page;
        try
        {
            page = await context.Admin.GetAsync<Page<CallTopRow>>(_which.Path(context, "calls/top", ("by", field), ("limit", context.Get(_limit).ToString())), context.Cancel);
        }
        catch (VerbFailure wrong) when (wrong.Parameter == "by")
        {
            throw wrong.About(_top.Name);
        }

        IReadOnlyList<Column<CallTopRow>> columns =
        [
            new Column<CallTopRow>(field.ToUpperInvariant(), r => r.Key.Length > 0 ? r.Key : "(none)"),
            new Column<CallTopRow>("CALLS", r => r.Numbers.Count.ToString()) { Right = true },
            new Column<CallTopRow>("ERRORS", r => r.Numbers.ErrorRatio?.ToString("P1")) { Right = true },
            new Column<CallTopRow>("P50", r => DurationChart.Text(r.Numbers.P50Us)) { Right = true },
            new Column<CallTopRow>("P95", r => DurationChart.Text(r.Numbers.P95Us)) { Right = true },
            new Column<CallTopRow>("P99", r => DurationChart.Text(r.Numbers.P99Us)) { Right = true },
        ];
        context.ShowList(page.Items, "No such calls.", page.Items.Any(row => row.Use is not null) ? [.. columns, .. UseText.Columns] : columns);
        return ExitCode.Ok;
    }

    private async Task<int> FollowAsync(VerbContext context)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _which.PathOfComing(context, "calls/tail"));
        using var answer = await context.Admin.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.Cancel);
        await using var stream = await answer.Content.ReadAsStreamAsync(context.Cancel);
        try
        {
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(context.Cancel))
            {
                if (item.EventType == "missed") context.Say($"Some calls were left out, they came too fast: {item.Data}");
                else if (item.EventType == "call") Print(context, item.Data);
            }
        }
        catch (OperationCanceledException) when (context.Cancel.IsCancellationRequested)
        {
            return ExitCode.Ok; // Ctrl-C is how following ends
        }

        context.Say("The server ended the connection.");
        return ExitCode.Failed;
    }

    private static void Print(VerbContext context, string data)
    {
        // Programs get one JSON object per line, as it came.
        if (context.Output != OutputFormat.Table)
        {
            context.Terminal.Out.WriteLine(data);
            return;
        }

        var call = JsonSerializer.Deserialize<CallEntry>(data, ApiJson.Options)!;
        context.Terminal.Out.WriteLine(PlainText.Of(
            $"{call.StartedAt:HH:mm:ss.fff} {call.Status,3} {call.Outcome,-16} {DurationChart.Text(call.DurationUs),9} {call.Route,-12} {call.Consumer,-12} {call.Destination,-12} {call.Method} {call.Path}{(call.Why.Length > 0 ? "  # " + call.Why : "")}  {call.Id}"));
    }
}
