using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Insight.Bodies;
using Tidegate.Insight.CallLog;

namespace Tidegate.Verbs.Calls;

/// <summary><c>tidegate calls show</c>.</summary>
internal sealed class CallsShowVerb : AdminVerb
{
    private readonly Argument<string> _id = new("id") { Description = "Id of the call: the last column of 'tidegate calls'; callers get it as X-Tidegate-Call-Id" };

    private readonly Option<bool> _bodies = new("--bodies") { Description = "Also what was said and answered, where the Model keeps bodies; needs the permission calls.bodies, and is audited" };

    public CallsShowVerb()
        : base("show", "Show one call with its attempts and why it went as it did.")
    {
        Arguments.Add(_id);
        Options.Add(_bodies);
    }

    public override async Task<int> RunAsync(VerbContext context)
    {
        var typed = context.Get(_id)!;
        if (!Guid.TryParse(typed, out var id))
        {
            throw new VerbFailure(ExitCode.Usage, $"'{typed}' is not a call id.") { Action = "An id has 32 hex digits, such as 0192f0c4a0b17c3e8d2f4b5a6c7d8e9f; 'tidegate calls' shows it in the last column." };
        }

        var detail = await context.Admin.GetAsync<CallDetail>($"calls/{id:N}", context.Cancel);
        var call = detail.Call;
        var bodies = context.Get(_bodies) ? await context.Admin.GetAsync<CallBodiesEntry>($"calls/{id:N}/bodies", context.Cancel) : null;
        if (bodies is not null && context.Output != OutputFormat.Table)
        {
            context.ShowObject(new { detail.Call, detail.Attempts, bodies.Request, bodies.Answer });
            return ExitCode.Ok;
        }

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
            ("cache", call.Cache),
            ("age", call.AgeSeconds is { } age ? $"{age} s" : ""),
            ("refused", call.Refused ? "by the model, or by its provider's filter" : ""),
            ("shape", call.Shadow is null ? call.SchemaValid switch { true => "as asked for", false => "not as asked for", null => "" } : ""),
            ("mirrors", call.Shadow?.Of),
            ("trace", call.TraceId),
            ("revision", call.Revision.ToString()));
        if (context.Output != OutputFormat.Table) return ExitCode.Ok;
        if (call.Shadow is { } shadow) await ShadowText.CompareAsync(context, call, shadow);
        if (detail.Attempts.Count > 0) ShowAttempts(context, detail);
        if (bodies is not null) BodyScreen.Show(context, bodies);
        return ExitCode.Ok;
    }

    private static void ShowAttempts(VerbContext context, CallDetail detail) =>
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
}
