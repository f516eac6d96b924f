using Tidegate.Core.Resources.Objectives.Matchers;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.Inhibitions.Rules;

/// <summary>An inhibition names both kinds of alerts.</summary>
internal sealed class InhibitionRule : ResourceRule<InhibitionConfig>
{
    public override void Check(InhibitionConfig spec, ResourceScope scope)
    {
        MatcherCheck.Check(spec.Source, "spec.source", scope);
        MatcherCheck.Check(spec.Target, "spec.target", scope);
        for (int i = 0; i < spec.Equal.Count; i++)
        {
            if (!LabelWord.IsLegal(spec.Equal[i])) scope.Error("bad_name", $"spec.equal[{i}]", LabelWord.Problem(spec.Equal[i]));
        }
    }
}
