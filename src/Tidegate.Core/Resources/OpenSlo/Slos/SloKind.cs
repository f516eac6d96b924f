using Tidegate.Core.Resources.OpenSlo.Slos.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.Slos;

internal sealed class SloKind : OpenSloKind<SloConfig>
{
    public override string Name => "SLO";

    protected override IReadOnlyList<ResourceRule<SloConfig>> Rules { get; } =
    [
        new SloServiceRule(),
        new SloIndicatorRule(),
        new SloWindowRule(),
        new SloObjectiveRule(),
        new SloAlertRule(),
    ];

    protected override IReadOnlyList<DocumentRule> DocumentRules { get; } = [new DependencyCeilingRule()];
}
