using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.Exclusions.Rules;

/// <summary>Nothing is excluded without saying for what, when, why and by whom.</summary>
internal sealed class ExclusionRule : ResourceRule<ExclusionConfig>
{
    public override void Check(ExclusionConfig spec, ResourceScope scope)
    {
        PeriodCheck.Check(spec.Windows, "spec.windows", scope);
        TextCheck.NotEmpty(spec.Reason, "spec.reason", scope);
        TextCheck.NotEmpty(spec.Author, "spec.author", scope);
        if (spec.Slos.Count == 0 && spec.Services.Count == 0) scope.Error("at_least_one", "spec", "The exclusion is for nothing: give slos, services or both.");
    }
}
