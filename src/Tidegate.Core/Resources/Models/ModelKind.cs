using Tidegate.Core.Resources.Models.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Models;

internal sealed class ModelKind : ResourceKind<ModelConfig>
{
    protected override IReadOnlyList<ResourceRule<ModelConfig>> Rules { get; } =
    [
        new TargetRule(),
        new ModelTimeoutRule(),
        new ShadowRule(),
        new StickyHeaderRule(),
    ];

    protected override IReadOnlyList<DocumentRule> DocumentRules { get; } = [new ModelFallbackCycleRule()];
}
