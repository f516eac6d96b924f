using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo.AlertConditions;
using Tidegate.Core.Resources.OpenSlo.AlertPolicies;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Windows;

namespace Tidegate.Insight.Objectives.Compiling;

/// <summary>When an SLO alerts: by the policies it names, else by the workbook's pairs for its period.</summary>
internal static class AlertCompiler
{
    public static AlertRules Of(Resource<SloConfig> slo, TimeSpan period, ConfigDocument document)
    {
        if (slo.Spec.AlertPolicies.Count == 0) return AlertRules.For(period);
        var rules = slo.Spec.AlertPolicies.Select(p => p.Spec ?? (document.Find($"AlertPolicy/{p.AlertPolicyRef}") as Resource<AlertPolicyConfig>)?.Spec)
            .OfType<AlertPolicyConfig>().SelectMany(p => p.Conditions)
            .Select(c => c.Spec ?? (document.Find($"AlertCondition/{c.ConditionRef}") as Resource<AlertConditionConfig>)?.Spec)
            .OfType<AlertConditionConfig>().Select(RuleOf);
        return new AlertRules { Rules = [.. rules.OrderBy(r => r.Severity).ThenBy(r => r.Pair.Long)] };
    }

    // OpenSLO has one window: what it says must last (alertAfter) is the short one, else a twelfth, as the workbook has it.
    private static AlertRule RuleOf(AlertConditionConfig config)
    {
        var window = config.Condition.LookbackWindow.Length;
        var brief = config.Condition.AlertAfter.Length is { Ticks: > 0 } after && after < window ? after : window / 12;
        return new AlertRule(config.Severity.Equals("page", StringComparison.OrdinalIgnoreCase) ? AlertSeverity.Page : AlertSeverity.Ticket, new BurnPair(window, brief, (double)config.Condition.Threshold));
    }
}
