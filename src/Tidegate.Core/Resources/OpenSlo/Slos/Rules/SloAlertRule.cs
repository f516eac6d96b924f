using System.Globalization;
using Tidegate.Core.Resources.Objectives.Alerts;
using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Windows;

namespace Tidegate.Core.Resources.OpenSlo.Slos.Rules;

/// <summary>What an SLO alerts on exists and can happen.</summary>
internal sealed class SloAlertRule : ResourceRule<SloConfig>
{
    public override void Check(SloConfig spec, ResourceScope scope)
    {
        AlertPolicyReferenceCheck.Check(spec.AlertPolicies, scope);
        if (spec.TimeWindow.Count != 1 || spec.TimeWindow[0].Duration.Count == 0) return;
        var alerts = SloAlerts.Of(spec.AlertPolicies, spec.TimeWindow[0].Duration.Length, scope.Document);
        EarlyAlertCheck.Check(alerts, scope);
        AlertWindowCheck.Check(alerts, spec.TimeWindow[0].Duration, spec.AlertPolicies.Count > 0, scope);
        for (int i = 0; i < spec.Objectives.Count; i++) Dead(spec.Objectives[i], $"spec.objectives[{i}]", alerts, scope);
    }

    private static void Dead(SloObjectiveConfig objective, string path, IReadOnlyList<ResolvedAlert> alerts, ResourceScope scope)
    {
        var target = SloTarget.Of(objective);
        if (target is <= 0 or >= 1) return;
        foreach (var policy in alerts.Where(a => a.Pair.Burn > 0 && a.Pair.IsDead(target)).GroupBy(a => a.Policy, StringComparer.Ordinal))
        {
            var pairs = string.Join(", ", policy.Select(a => Words(a.Pair)));
            scope.Warning("dead_pair", objective.Target is null ? $"{path}.targetPercent" : $"{path}.target",
                $"With a target of {Percent(target)} {policy.Key} can never alert on {pairs}: not even an outage burns so fast. Use a lower burn rate, a higher target or a shorter window.");
        }
    }

    private static string Words(AlertPair pair) => string.Create(CultureInfo.InvariantCulture, $"{pair.Burn:0.###}x over {Schema.Duration.Format(pair.Long)} (dead at or below {Percent(pair.DeadAt)})");

    private static string Percent(decimal share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.####} %");
}
