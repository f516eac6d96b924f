using Tidegate.Core.Resources.Routes.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Consumers.Rules;

/// <summary>Limits of a consumer know what they count.</summary>
internal sealed class ConsumerLimitRule : ResourceRule<ConsumerConfig>
{
    public override void Check(ConsumerConfig spec, ResourceScope scope)
    {
        LimitCheck.Run(spec.Limits, "spec.limits", scope);
        if (spec.Team is { } team && !LabelWord.IsLegal(team)) scope.Error("bad_name", "spec.team", LabelWord.Problem(team));
    }
}
