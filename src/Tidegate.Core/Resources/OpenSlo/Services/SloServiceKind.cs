using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.Services;

internal sealed class SloServiceKind : OpenSloKind<SloServiceConfig>
{
    public override string Name => "Service";

    protected override IReadOnlyList<ResourceRule<SloServiceConfig>> Rules { get; } = [];
}
