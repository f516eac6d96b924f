using Tidegate.Core.Resources.Objectives.Slas.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.Slas;

internal sealed class SlaKind : ResourceKind<SlaConfig>
{
    public override string Name => "SLA";

    protected override IReadOnlyList<ResourceRule<SlaConfig>> Rules { get; } = [new SlaRule()];
}
