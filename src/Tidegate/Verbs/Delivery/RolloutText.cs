using System.CommandLine;
using Spectre.Console;
using Tidegate.Cli;
using Tidegate.Operations.Delivery;
using Tidegate.Verbs.Objectives;

namespace Tidegate.Verbs.Delivery;

/// <summary>Rollouts as people read them, and waiting for their end.</summary>
internal static class RolloutText
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary><c>--wait</c>.</summary>
    public static Option<string?> Wait() => new("--wait") { Description = "Wait until it has ended, for at most this long: 2h", HelpName = "duration" };

    /// <summary>The argument that names one.</summary>
    public static Argument<string> Id() => new("rollout") { Description = "Id of the rollout, or name of its route" };

    /// <summary>Its state in a word.</summary>
    public static string State(RolloutState state) => state == RolloutState.RolledBack ? "rolled_back" : state.ToString().ToLowerInvariant();

    /// <summary>Waits for the end if asked to, shows the rollout, and says how to end: with 0 where its canary has all calls or it is still under way, with <see cref="ExitCode.Denied"/> where it lost them, with <see cref="ExitCode.Undecided"/> where it is still under way when the time is over.</summary>
    public static async Task<int> ShowAsync(VerbContext context, Rollout rollout, Option<string?> wait)
    {
        var until = DeliveryOptions.Length(context, wait) is { } longest ? context.Time.GetUtcNow() + longest : (DateTimeOffset?)null;
        var said = "";
        while (rollout.IsActive && context.Time.GetUtcNow() + Pause < until)
        {
            var now = $"{rollout.Canary} has {rollout.Share} % ({State(rollout.State)}). {rollout.Report?.Summary}";
            if (now != said) context.Say(said = now);
            await Task.Delay(Pause, context.Time, context.Cancel);
            rollout = await AgainAsync(context, rollout);
        }

        context.Show(rollout, Draw);
        return rollout.State == RolloutState.Promoted || (rollout.IsActive && until is null) ? ExitCode.Ok : rollout.IsActive ? ExitCode.Undecided : ExitCode.Denied;
    }

    // A node that is restarted goes on with the rollout: so does whoever waits for it.
    private static async Task<Rollout> AgainAsync(VerbContext context, Rollout rollout)
    {
        try
        {
            return await context.Admin.GetAsync<Rollout>($"rollouts/{AdminPath.Segment(rollout.Id)}", context.Cancel);
        }
        catch (VerbFailure away) when (away.ExitCode is ExitCode.Unreachable or ExitCode.Failed)
        {
            context.Say(away.Message);
            return rollout;
        }
    }

    private static void Draw(IAnsiConsole screen, Rollout rollout)
    {
        screen.Write(Tables.Lines(
        [
            ("rollout", rollout.Id),
            ("route", rollout.Route),
            ("canary", $"{rollout.Canary} of {rollout.Service}"),
            ("state", $"{State(rollout.State)} at {rollout.Share} %, step {rollout.Step + 1} of {rollout.Steps.Count} ({string.Join(", ", rollout.Steps)} %)"),
            ("why", rollout.Reason),
            ("release", rollout.Release),
            ("change", rollout.Change),
            ("verdict", rollout.Report is { } report ? $"{report.Verdict.ToString().ToLowerInvariant()}: {report.Summary}" : null),
            .. (rollout.Report?.Tests ?? []).Select(t => (t.Name, (string?)$"{t.Verdict.ToString().ToLowerInvariant()}: {t.Text}")),
            .. rollout.History.Select(h => (ObjectiveText.Time(h.At), (string?)$"{State(h.State)} at {h.Share} %, by {h.Author}: {h.Text}")),
        ]));
    }
}
