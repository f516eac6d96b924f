using Tidegate.Core.Resources.Objectives.Alerts;
using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.OpenSlo.Slos.Rules;

/// <summary>Warns of alerts of an SLO or composite that look further back than its own window.</summary>
internal static class AlertWindowCheck
{
    /// <param name="alerts">What it alerts on.</param>
    /// <param name="window">Its window.</param>
    /// <param name="areNamed">False where it names no policies, and has the nearest built-in set.</param>
    /// <param name="scope">The object.</param>
    public static void Check(IReadOnlyList<ResolvedAlert> alerts, DurationShorthand window, bool areNamed, ResourceScope scope)
    {
        foreach (var policy in alerts.Where(a => a.Pair.Long > window.Length).GroupBy(a => a.Policy, StringComparer.Ordinal))
        {
            var times = string.Join(", ", policy.Select(a => a.Pair.Long).Distinct().Order().Select(Duration.Format));
            scope.Warning("window_too_long", areNamed ? "spec.alertPolicies" : "spec.timeWindow[0].duration",
                $"{policy.Key} alerts on what happened over {times}, longer than the time of the objective ({window}): it may alert on what the budget has forgotten. Name an AlertSet whose windows are at most {window}.");
        }
    }
}
