using Tidegate.Core.Resources.OpenSlo.Slis.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.Slis;

internal sealed class SliKind : OpenSloKind<SliConfig>
{
    public override string Name => "SLI";

    protected override IReadOnlyList<ResourceRule<SliConfig>> Rules { get; } = [new SliRule()];
}
