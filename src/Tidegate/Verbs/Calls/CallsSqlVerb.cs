using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Core.Resources.Schema;
using Tidegate.Insight.CallLog;

namespace Tidegate.Verbs.Calls;

/// <summary><c>tidegate calls sql</c>.</summary>
internal sealed class CallsSqlVerb : AdminVerb
{
    private readonly Argument<string> _query = new("query") { Description = "A SELECT over calls and attempts, in the dialect of DuckDB; - reads it from standard input" };
    private readonly Option<int> _rows = new("--rows") { Description = "Most rows of the answer, up to 100000", HelpName = "number", DefaultValueFactory = _ => 1_000 };
    private readonly Option<string?> _limit = CreateLimit();

    public CallsSqlVerb()
        : base("sql", "Ask the call log a free question in SQL; it can only read.")
    {
        Arguments.Add(_query);
        Options.Add(_rows);
        Options.Add(_limit);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "calls sql 'describe calls'",
        "calls sql 'select route, status, count(*) from calls group by all order by 3 desc'",
        "calls sql 'select destination, outcome, count(*) from attempts group by all' -o json",
        "calls sql - --limit 30s < query.sql",
    ];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var query = context.Get(_query) == "-" ? await ReadAsync(context) : context.Get(_query)!;
        var rows = context.Get(_rows);
        var answer = await context.Progress.WhileAsync(
            "Asking the call log",
            cancel => context.Admin.SendAsync<object, SqlAnswer>(HttpMethod.Post, "calls/sql", new { query, maxRows = rows, limit = context.Get(_limit) }, cancel),
            context.Cancel);
        context.Show(answer, (screen, a) => SqlScreen.Draw(screen, a, context.Terminal.OutIsTerminal));
        if (answer.Truncated)
        {
            context.Say($"Only the first {answer.Rows.Count} rows are shown: " + (answer.Rows.Count >= rows
                ? $"there are more. Ask for more with --rows ({SqlQuestion.MostRows} at most), or for fewer in the query."
                : "more do not fit into one answer. Ask for fewer columns or rows in the query."));
        }
        else if (answer.Rows.Count == 0)
        {
            context.Say("No rows.");
        }
        return ExitCode.Ok;
    }

    private static async Task<string> ReadAsync(VerbContext context)
    {
        var text = await context.Terminal.In.ReadToEndAsync(context.Cancel);
        return text.AsSpan().Trim().Length > 0 ? text : throw new VerbFailure(ExitCode.Usage, "There is no query on standard input.") { Action = "For example: tidegate calls sql - < query.sql" };
    }

    private static Option<string?> CreateLimit() => new("--limit")
    {
        Description = "Longest time it may take, up to 1m [default: 10s]",
        HelpName = "duration",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!Duration.TryParse(text, out _)) result.AddError($"--limit: '{text}' is not a duration, such as 30s; how many rows is --rows.");
            return text;
        },
    };
}
