using Tidegate.Core.Resources.Objectives.CompositeSlos.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.CompositeSlos;

internal sealed class CompositeSloKind : ResourceKind<CompositeSloConfig>
{
    public override string Name => "CompositeSLO";

    protected override IReadOnlyList<ResourceRule<CompositeSloConfig>> Rules { get; } = [new CompositeSloRule()];
}
