using Tidegate.Core.Resources.Routes.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Models.Rules;

/// <summary>Targets can be told apart and can be reached.</summary>
internal sealed class TargetRule : ResourceRule<ModelConfig>
{
    public override void Check(ModelConfig spec, ResourceScope scope)
    {
        var seen = new HashSet<(string, string)>();
        for (var i = 0; i < spec.Targets.Count; i++)
        {
            var target = spec.Targets[i];
            if (target.Model.Length == 0) scope.Error("bad_name", $"spec.targets[{i}].model", "Give the name of the model at the provider.");
            if (!seen.Add((target.Provider, target.Model)) && target.When is null)
                scope.Warning("duplicate_target", $"spec.targets[{i}]", $"{target.Model} at {target.Provider} stands here twice: a target is tried once per call.");
            if (target.When is { } condition) ValueMatchCheck.Run(condition.Headers, $"spec.targets[{i}].when.headers", header: true, scope);
            if (target.When is { MaxTokens: > 0 } when && when.MaxTokens < when.MinTokens)
                scope.Error("empty_range", $"spec.targets[{i}].when.maxTokens", "maxTokens is below minTokens: no call fits.");
        }

        if (spec.Strategy == TargetStrategy.Weighted && spec.Targets.Count > 0 && spec.Targets.All(t => t.Weight == 0))
            scope.Error("no_weight", "spec.targets", "All weights are 0: give at least one target a weight.");
        if (spec.Targets.Count > 0 && spec.Targets.All(t => t.Canary is not null))
            scope.Error("only_canaries", "spec.targets", "All targets are new ones (canary): leave the key out at the one that takes the other calls.");
        if (spec.Fallbacks.ContentPolicy.Count > 0 && !spec.RetryContentFilter)
            scope.Warning("unused_fallback", "spec.fallbacks.contentPolicy", "These are never used: set retryContentFilter.");
    }
}
