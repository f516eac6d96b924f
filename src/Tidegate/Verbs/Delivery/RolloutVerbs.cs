using System.CommandLine;

namespace Tidegate.Verbs.Delivery;

/// <summary><c>tidegate rollout</c> and its sub-verbs.</summary>
internal static class RolloutVerbs
{
    public static Command All => new("rollout", "Give a canary its calls step by step, while it is no worse.")
    {
        new RolloutStartVerb(),
        new RolloutListVerb(),
        new RolloutShowVerb(),
        new RolloutOrderVerb("pause", "Stop a rollout at its share; a canary that fails loses its calls all the same."),
        new RolloutOrderVerb("resume", "Go on with a rollout; its step begins anew."),
        new RolloutPromoteVerb(),
        new RolloutOrderVerb("abort", "Take the canary's calls away."),
    };
}
