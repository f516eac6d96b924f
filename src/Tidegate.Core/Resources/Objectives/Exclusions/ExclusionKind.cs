using Tidegate.Core.Resources.Objectives.Exclusions.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.Exclusions;

internal sealed class ExclusionKind : ResourceKind<ExclusionConfig>
{
    protected override IReadOnlyList<ResourceRule<ExclusionConfig>> Rules { get; } = [new ExclusionRule()];
}
