using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>A rollout has a canary among the branches, something to compare it with, and steps that lead to all calls.</summary>
internal sealed class RolloutRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        if (spec.Rollout is not { } rollout) return;
        var branches = spec.Split.Count(b => (b.Version ?? spec.Version) == rollout.Canary);
        if (branches != 1)
        {
            var known = string.Join(", ", spec.Split.Select(b => b.Version ?? spec.Version).OfType<string>().Distinct(StringComparer.Ordinal).DefaultIfEmpty("none"));
            scope.Error("no_canary", "spec.rollout.canary", $"{(branches == 0 ? "No branch" : "More than one branch")} of the split has the version {rollout.Canary}: name the version of one branch; it has {known}.");
        }
        else if (spec.Split.Count == 1)
        {
            scope.Error("no_baseline", "spec.rollout.canary", "The canary is the only branch of the split: give it one to be compared with.");
        }

        for (var i = 0; i < rollout.Steps.Count; i++)
        {
            if (rollout.Steps[i] is < 1 or > 100 || (i > 0 && rollout.Steps[i] <= rollout.Steps[i - 1]))
                scope.Error("bad_steps", $"spec.rollout.steps[{i}]", "Steps are percentages from 1 to 100, each greater than the one before.");
        }

        if (rollout.Steps.Count > 0 && rollout.Steps[^1] != 100) scope.Error("bad_steps", "spec.rollout.steps", "The last step is 100: all calls.");
        if (rollout.StepLimit <= rollout.StepTime) scope.Error("ends_before_it_begins", "spec.rollout.stepLimit", "The most time on a step is no longer than the least: give a longer one.");
    }
}
