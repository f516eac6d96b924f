using Tidegate.Core.Resources.Routes;
using Tidegate.Operations.Delivery.Canary;
using Tidegate.Platform.Audit;

namespace Tidegate.Operations.Delivery.Rollouts;

/// <summary>From one state of a rollout to the next. Nothing here acts: what is decided is written down first, and the traffic follows.</summary>
internal static class RolloutTurns
{
    /// <summary>Author of what nobody decided.</summary>
    public const string Itself = "tidegate";

    /// <summary>What names of rollouts begin with, as authors.</summary>
    public const string AuthorPrefix = "rollout/";

    private const int MostEntries = 100, LongestMessage = 1000;

    /// <summary>The rollout as the one who acts: it is named in the audit and on overlays.</summary>
    public static Actor AuthorOf(Rollout rollout) => Actor.System(AuthorPrefix + rollout.Id);

    /// <summary>To another state at a share.</summary>
    public static RolloutFile To(RolloutFile file, RolloutState state, int share, string author, string why, DateTimeOffset now)
    {
        var isEnd = state is not (RolloutState.Running or RolloutState.Paused);
        var rollout = file.Rollout with
        {
            State = state,
            Share = share,
            Reason = why,
            EndedAt = isEnd ? now : null,
            History = [.. file.Rollout.History.TakeLast(MostEntries - 1), new RolloutEntry(now, state, share, author, why)],
        };
        return file with { Rollout = rollout };
    }

    /// <summary>How the release of a rollout that has ended ends: well only where its canary has all calls, by the rollout or by the configuration that holds instead.</summary>
    public static ReleaseFinish EndOfRelease(Rollout ended, RouteConfig? route)
    {
        var isReleased = ended.State == RolloutState.Promoted || (ended.State == RolloutState.Superseded && SplitShares.HasAll(route, ended.Canary));
        return new() { Result = isReleased ? ReleaseState.Succeeded : ReleaseState.RolledBack, Message = ended.Reason.Length <= LongestMessage ? ended.Reason : ended.Reason[..LongestMessage] };
    }

    /// <summary>To a step, whose evidence begins anew.</summary>
    public static RolloutFile ToStep(RolloutFile file, int step, string author, string why, DateTimeOffset now)
    {
        var next = To(file, RolloutState.Running, file.Rollout.Steps[step], author, why, now);
        return next with { Rollout = next.Rollout with { Step = step, StepStartedAt = now, Report = null }, Plan = next.Plan with { Evidence = new CanaryEvidence(), Since = now } };
    }
}
