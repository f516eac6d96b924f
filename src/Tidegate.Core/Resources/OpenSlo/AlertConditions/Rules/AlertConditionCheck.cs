using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.AlertConditions.Rules;

/// <summary>A condition is one that burning can meet.</summary>
internal static class AlertConditionCheck
{
    public static void Check(AlertConditionConfig spec, string path, ResourceScope scope)
    {
        TextCheck.NotEmpty(spec.Severity, $"{path}.severity", scope);
        if (spec.Condition.Threshold <= 0) scope.Error("out_of_range", $"{path}.condition.threshold", "A burn rate is above 0: at 0 it would alert all the time.");
        if (spec.Condition.LookbackWindow.Count == 0) scope.Error("out_of_range", $"{path}.condition.lookbackWindow", "A window is longer than 0.");
        if (spec.Condition.Op is ComparisonOperator.Less or ComparisonOperator.LessOrEqual)
            scope.Error("bad_word", $"{path}.condition.op", "A burn rate alerts when it is high: use gte or gt.");
        if (spec.Condition.AlertAfter.Length >= spec.Condition.LookbackWindow.Length && spec.Condition.AlertAfter.Count > 0)
            scope.Warning("late_alert", $"{path}.condition.alertAfter", $"The alert waits {spec.Condition.AlertAfter}, as long as its window or longer: a burst shorter than that is never told of. Leave it out: the window is the wait.");
    }
}
