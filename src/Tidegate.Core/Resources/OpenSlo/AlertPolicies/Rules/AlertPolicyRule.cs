using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.AlertPolicies.Rules;

/// <summary>A policy of its own.</summary>
internal sealed class AlertPolicyRule : ResourceRule<AlertPolicyConfig>
{
    public override void Check(AlertPolicyConfig spec, ResourceScope scope) => AlertPolicyCheck.Check(spec, "spec", scope);
}
