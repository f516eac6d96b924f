using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.OpenSlo.AlertConditions;
using Tidegate.Core.Resources.OpenSlo.AlertPolicies;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Shapes;
using Tidegate.Core.Windows;

namespace Tidegate.Core.Resources.Objectives.Alerts;

/// <summary>What an SLO or composite alerts on, whatever way it is written.</summary>
public static class SloAlerts
{
    private static readonly EnumShape Severities = (EnumShape)ShapeCatalogue.Of(typeof(AlertSeverity), Constraints.None);

    /// <summary>Its alerts, in the order written. What names nothing that exists is left out: the rules report it.</summary>
    /// <param name="policies">As the object has them. None: the built-in set nearest to the window.</param>
    /// <param name="window">Length of the object's window.</param>
    /// <param name="document">Where named sets and policies are.</param>
    public static IReadOnlyList<ResolvedAlert> Of(IReadOnlyList<SloAlertPolicyConfig> policies, TimeSpan window, ConfigDocument document)
    {
        if (policies.Count > 0) return [.. policies.SelectMany(p => Of(p, window, document))];
        var name = BuiltInAlertSets.Nearest(window);
        return [.. OfSet(name, BuiltInAlertSets.All[name], window)];
    }

    private static IEnumerable<ResolvedAlert> Of(SloAlertPolicyConfig policy, TimeSpan window, ConfigDocument document)
    {
        if (policy.Spec is { } written) return OfPolicy(policy.Metadata?.Name ?? "inline", written, document);
        var name = policy.AlertPolicyRef ?? "";
        if (document.Find($"AlertPolicy/{name}") is Resource<AlertPolicyConfig> { Spec: var spec }) return OfPolicy(name, spec, document);
        if ((BuiltInAlertSets.All.GetValueOrDefault(name) ?? (document.Find($"AlertSet/{name}") as Resource<AlertSetConfig>)?.Spec) is { } set) return OfSet(name, set, window);
        return [];
    }

    private static IEnumerable<ResolvedAlert> OfSet(string name, AlertSetConfig set, TimeSpan window) => set.Pairs.Select(pair => new ResolvedAlert
    {
        Policy = name,
        Severity = Severities.Words[(int)pair.Severity],
        Pair = new AlertPair(pair.Long.Length, pair.Short.Length, pair.Burn ?? ((pair.BudgetShare ?? 0) * window.Ticks / Math.Max(1, pair.Long.Length.Ticks))),
        ClearOn = set.ClearOn,
        MinEvents = set.MinEvents,
        Confidence = set.Confidence,
        Targets = set.Targets,
    });

    private static IEnumerable<ResolvedAlert> OfPolicy(string name, AlertPolicyConfig policy, ConfigDocument document)
    {
        foreach (var written in policy.Conditions)
        {
            if ((written.Spec ?? (document.Find($"AlertCondition/{written.ConditionRef}") as Resource<AlertConditionConfig>)?.Spec) is not { } condition) continue;
            yield return new ResolvedAlert
            {
                Policy = name,
                Severity = condition.Severity,
                Pair = new AlertPair(condition.Condition.LookbackWindow.Length, condition.Condition.LookbackWindow.Length, condition.Condition.Threshold),
                After = condition.Condition.AlertAfter.Length,
                WhenBreaching = policy.AlertWhenBreaching,
                WhenResolved = policy.AlertWhenResolved,
                WhenNoData = policy.AlertWhenNoData,
                Targets = [.. policy.NotificationTargets.Select(t => t.TargetRef ?? t.Metadata?.Name).OfType<string>()],
            };
        }
    }
}
