using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Models.Rules;

/// <summary>Waiting for a part ends before waiting for the whole.</summary>
internal sealed class ModelTimeoutRule : ResourceRule<ModelConfig>
{
    public override void Check(ModelConfig spec, ResourceScope scope)
    {
        var timeouts = spec.Timeouts;
        Check(timeouts.FirstToken, "firstToken");
        Check(timeouts.Idle, "idle");
        Check(timeouts.Answer, "answer");

        void Check(TimeSpan part, string key)
        {
            if (part > timeouts.Total) scope.Warning("timeout_order", $"spec.timeouts.{key}", $"{key} is longer than total: it can never be what ends a call.");
        }
    }
}
