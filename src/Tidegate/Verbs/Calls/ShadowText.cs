using System.Globalization;
using Tidegate.Cli;
using Tidegate.Insight.CallLog;

namespace Tidegate.Verbs.Calls;

/// <summary>A mirrored call beside the call it mirrors.</summary>
internal static class ShadowText
{
    /// <summary>Prints the two side by side; what is known of the primary only from its own record is left empty when that is gone.</summary>
    public static async Task CompareAsync(VerbContext context, CallEntry call, ShadowEntry shadow)
    {
        CallEntry? primary = null;
        try
        {
            primary = (await context.Admin.GetAsync<CallDetail>($"calls/{shadow.Of}", context.Cancel)).Call;
        }
        catch (VerbFailure failure) when (failure.ExitCode == ExitCode.NotFound)
        {
        }

        context.ShowList(
            [
                new Line("outcome", call.Outcome, shadow.PrimaryOutcome),
                new Line("model", call.Destination, primary?.Destination),
                new Line("took", DurationChart.Text(call.DurationUs), primary is null ? null : DurationChart.Text(primary.DurationUs)),
                new Line("first token", FirstToken(call), FirstToken(primary)),
                new Line("tokens", UseText.Tokens(call.Use), UseText.Tokens(primary?.Use)),
                new Line("cost", UseText.Cost(call.Use), UseText.Cost(primary?.Use)),
                new Line("finish", shadow.Finish, shadow.PrimaryFinish),
                new Line("schema valid", YesNo(shadow.SchemaValid), YesNo(shadow.PrimarySchemaValid)),
                new Line("same tools", YesNo(shadow.SameTools), null),
                new Line("similarity", shadow.Similarity?.ToString("0.###", CultureInfo.InvariantCulture) ?? "", null),
            ],
            "",
            new Column<Line>("COMPARED", l => l.What),
            new Column<Line>("SHADOW", l => l.Shadow) { Wraps = true },
            new Column<Line>("PRIMARY", l => l.Primary ?? "") { Wraps = true });
    }

    private static string FirstToken(CallEntry? call) => call?.Use?.FirstTokenUs is { } us ? DurationChart.Text(us) : "";

    private static string YesNo(bool? flag) => flag switch { true => "yes", false => "no", null => "" };

    private sealed record Line(string What, string Shadow, string? Primary);
}
