using Tidegate.Core.Resources.Objectives.Matchers;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.Silences.Rules;

/// <summary>A silence ends after it begins, and says of what and why.</summary>
internal sealed class SilenceRule : ResourceRule<SilenceConfig>
{
    public override void Check(SilenceConfig spec, ResourceScope scope)
    {
        MatcherCheck.Check(spec.Matchers, "spec.matchers", scope);
        if (spec.Until <= spec.From) scope.Error("ends_before_it_begins", "spec.until", "The silence ends before it begins: give an until after from.");
        TextCheck.NotEmpty(spec.Author, "spec.author", scope);
        TextCheck.NotEmpty(spec.Reason, "spec.reason", scope);
    }
}
