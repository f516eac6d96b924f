using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Insight.CallLog;

namespace Tidegate.Verbs.Calls;

/// <summary><c>tidegate calls show</c>.</summary>
internal sealed class CallsShowVerb : AdminVerb
{
    private readonly Argument<string> _id = new("id") { Description = "Id of the call: the last column of 'tidegate calls'; callers get it as X-Tidegate-Call-Id" };

    public CallsShowVerb()
        : base("show", "Show one call with its attempts and why it went as it did.") => Arguments.Add(_id);

    public override async Task<int> RunAsync(VerbContext context)
    {
        var typed = context.Get(_id)!;
        if (!Guid.TryParse(typed, out var id))
        {
            throw new VerbFailure(ExitCode.Usage, $"'{typed}' is not a call id.") { Action = "An id has 32 hex digits, such as 0192f0c4a0b17c3e8d2f4b5a6c7d8e9f; 'tidegate calls' shows it in the last column." };
        }

        var detail = await context.Admin.GetAsync<CallDetail>($"calls/{id:N}", context.Cancel);
        var call = detail.Call;
        context.ShowObject(
            detail,
            ("call", call.Id),
            ("started", call.StartedAt.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'")),
            ("took", DurationChart.Text(call.DurationUs)),
            ("request", $"{call.Method} {call.Host}{call.Path} ({call.Protocol}, {call.RequestBytes} bytes)"),
            ("answer", $"{call.Status} {call.Outcome} ({call.ResponseBytes} bytes)"),
            ("route", call.Route),
            ("service", call.Service),
            ("version", call.Version),
            ("prompt", call.Prompt),
            ("consumer", call.Consumer),
            ("key", call.KeyId),
            ("caller", call.ClientIp),
            ("error", call.Error),
            ("why", call.Why),
            ("model", call.Use is { } use ? $"{use.Model} of {use.Provider}" : ""),
            ("tokens", UseText.Tokens(call.Use)),
            ("cost", UseText.Cost(call)),
            ("trace", call.TraceId),
            ("revision", call.Revision.ToString()));
        if (context.Output != OutputFormat.Table || detail.Attempts.Count == 0) return ExitCode.Ok;
        context.ShowList(
            detail.Attempts,
            "",
            new Column<AttemptEntry>("ATTEMPT", a => (a.Index + 1).ToString()) { Right = true },
            new Column<AttemptEntry>("KIND", a => a.Kind),
            new Column<AttemptEntry>("DESTINATION", a => a.Destination),
            new Column<AttemptEntry>("AT", a => DurationChart.Text(a.StartUs)) { Right = true },
            new Column<AttemptEntry>("TOOK", a => DurationChart.Text(a.DurationUs)) { Right = true },
            new Column<AttemptEntry>("STATUS", a => a.Status == 0 ? "" : a.Status.ToString()) { Right = true },
            new Column<AttemptEntry>("OUTCOME", a => a.Outcome),
            new Column<AttemptEntry>("TOKENS", a => UseText.Tokens(a.Use)),
            new Column<AttemptEntry>("COST", a => UseText.Cost(a.Use)) { Right = true },
            new Column<AttemptEntry>("ERROR", a => a.Error));
        return ExitCode.Ok;
    }
}
