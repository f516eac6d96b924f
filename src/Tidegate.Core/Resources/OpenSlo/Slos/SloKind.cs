using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.Slos;

internal sealed class SloKind : OpenSloKind<SloConfig>
{
    public override string Name => "SLO";

    protected override IReadOnlyList<ResourceRule<SloConfig>> Rules { get; } = [];
}
