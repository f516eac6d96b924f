using Tidegate.Core.Resources.OpenSlo.AlertPolicies.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.AlertPolicies;

internal sealed class AlertPolicyKind : OpenSloKind<AlertPolicyConfig>
{
    protected override IReadOnlyList<ResourceRule<AlertPolicyConfig>> Rules { get; } = [new AlertPolicyRule()];
}
