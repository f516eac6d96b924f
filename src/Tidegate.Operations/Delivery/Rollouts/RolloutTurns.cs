using Tidegate.Operations.Delivery.Canary;

namespace Tidegate.Operations.Delivery.Rollouts;

/// <summary>From one state of a rollout to the next. Nothing here acts: what is decided is written down first, and the traffic follows.</summary>
internal static class RolloutTurns
{
    /// <summary>Author of what nobody decided.</summary>
    public const string Itself = "tidegate";

    private const int MostEntries = 100;

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

    /// <summary>To a step, whose evidence begins anew.</summary>
    public static RolloutFile ToStep(RolloutFile file, int step, string author, string why, DateTimeOffset now)
    {
        var next = To(file, RolloutState.Running, file.Rollout.Steps[step], author, why, now);
        return next with { Rollout = next.Rollout with { Step = step, StepStartedAt = now, Report = null }, Plan = next.Plan with { Evidence = new CanaryEvidence(), Since = now } };
    }
}
