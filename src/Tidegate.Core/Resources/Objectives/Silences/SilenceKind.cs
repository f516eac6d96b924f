using Tidegate.Core.Resources.Objectives.Silences.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.Silences;

internal sealed class SilenceKind : ResourceKind<SilenceConfig>
{
    protected override IReadOnlyList<ResourceRule<SilenceConfig>> Rules { get; } = [new SilenceRule()];
}
