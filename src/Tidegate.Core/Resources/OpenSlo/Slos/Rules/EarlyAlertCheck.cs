using System.Globalization;
using Tidegate.Core.Resources.Objectives.Alerts;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.Slos.Rules;

/// <summary>Warns of alerts of an SLO or composite that come while it is kept: a burn below 1 leaves budget over.</summary>
internal static class EarlyAlertCheck
{
    public static void Check(IReadOnlyList<ResolvedAlert> alerts, ResourceScope scope)
    {
        // Built-in sets are as the Workbook has them: 0.933 over 28 days is 1 over 30.
        foreach (var policy in alerts.Where(a => a.Pair.Burn is > 0 and < 1 && !BuiltInAlertSets.All.ContainsKey(a.Policy)).GroupBy(a => a.Policy, StringComparer.Ordinal))
        {
            var pairs = string.Join(", ", policy.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Pair.Burn:0.###}x over {Schema.Duration.Format(a.Pair.Long)}")));
            scope.Warning("alerts_when_kept", "spec.alertPolicies",
                $"{policy.Key} alerts at {pairs}: a burn rate below 1 leaves budget over, so it may alert for ever while the objective is kept. Use a burn rate of 1 or more; a shorter long window does with the same share of the budget.");
        }
    }
}
