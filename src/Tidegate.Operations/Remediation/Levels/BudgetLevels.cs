using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Operations.Remediation.Levels;

/// <summary>Compares a budget with the levels of a rule. What is not known is neither so nor not so: silence begins nothing, and ends nothing.</summary>
internal static class BudgetLevels
{
    /// <summary>What a rule's condition says of an objective: each of its levels.</summary>
    public static IReadOnlyList<PolicyLevel> Entry(BudgetConditionConfig when, BudgetReading reading)
    {
        var levels = new List<PolicyLevel>();
        if (when.BudgetLeftBelow is { } below) levels.Add(Left(reading, v => v < (double)below, FormattableString.Invariant($"below {below} %")));
        if (when.Exhausted) levels.Add(Left(reading, v => v <= 0, "used up"));
        if (when is { BurnAbove: { } above, Over: { } over }) levels.Add(Burn(reading, over, v => v > (double)above, FormattableString.Invariant($"above {above}")));
        if (when.IncidentAbove is { } most) levels.Add(Incident(reading, v => v > (double)most, FormattableString.Invariant($"above {most} %")));
        return levels;
    }

    /// <summary>What a rule's exit says of an objective, besides that its condition must not hold.</summary>
    public static IReadOnlyList<PolicyLevel> Exit(BudgetPolicyRuleConfig rule, BudgetReading reading)
    {
        var levels = new List<PolicyLevel>();
        if (rule.Exit.BudgetLeftAbove is { } above) levels.Add(Left(reading, v => v > (double)above, FormattableString.Invariant($"exit above {above} %")));
        if (rule.Exit.BurnBelow is { } below && (rule.Exit.Over ?? rule.When.Over) is { } over) levels.Add(Burn(reading, over, v => v < (double)below, FormattableString.Invariant($"exit below {below}")));
        return levels;
    }

    /// <summary>Whether all of them hold; null when that is not known.</summary>
    public static bool? All(IReadOnlyList<PolicyLevel> levels)
    {
        bool? all = true;
        foreach (var level in levels)
        {
            if (level.Holds == false) return false;
            if (level.Holds is null) all = null;
        }

        return all;
    }

    /// <summary>Whether an objective is well again: the condition does not hold, and every exit level does.</summary>
    public static bool? IsClear(BudgetPolicyRuleConfig rule, BudgetReading reading) => (All(Entry(rule.When, reading)), All(Exit(rule, reading))) switch
    {
        (true, _) or (_, false) => false,
        (false, true) => true,
        _ => null,
    };

    private static PolicyLevel Left(BudgetReading reading, Func<double, bool> holds, string level) =>
        new(reading.Objective, "budget_left", reading.BudgetLeft, level, reading.BudgetLeft is { } value ? holds(value) : null);

    private static PolicyLevel Burn(BudgetReading reading, DurationShorthand over, Func<double, bool> holds, string level)
    {
        var window = Duration.Format(over.Length);
        var value = reading.Burn.GetValueOrDefault(window);
        return new(reading.Objective, "burn", value, level, value is { } burn ? holds(burn) : null, window);
    }

    private static PolicyLevel Incident(BudgetReading reading, Func<double, bool> holds, string level)
    {
        double? most = reading.Incidents is null ? null : reading.Worst?.Used ?? 0;
        return new(reading.Objective, "incident", most, level, most is { } used ? holds(used) : null, "", reading.Worst?.Id ?? "");
    }
}
