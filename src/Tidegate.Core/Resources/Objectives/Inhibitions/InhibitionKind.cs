using Tidegate.Core.Resources.Objectives.Inhibitions.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.Inhibitions;

internal sealed class InhibitionKind : ResourceKind<InhibitionConfig>
{
    protected override IReadOnlyList<ResourceRule<InhibitionConfig>> Rules { get; } = [new InhibitionRule()];
}
