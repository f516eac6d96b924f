using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;
using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Rules;

/// <summary>Warns of a change of traffic that is taken back before it can be seen to have helped: it would be escalated every time, and then no more be made.</summary>
internal static class LastsCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public static void Check(BudgetPolicyRuleConfig rule, string path, ResourceScope scope)
    {
        if (!rule.Actions.Any(a => a is TrafficActionConfig)) return;
        var (lasts, after) = (rule.Lasts, rule.Exit.After);
        if (after >= lasts)
            Warn($"the rule is left when its exit has held for {Duration.Format(after)} (exit.after): it can never be seen to have helped. {Advice(after, "exit.after")}");
        else if (Window(rule) is (var key, var over) && over >= lasts)
            Warn($"the burn is looked at over {Duration.Format(over)} ({key}): what burnt before can keep it high for as long, so that it may not be seen to have helped. {Advice(over + after, "window")}");

        void Warn(string why) => scope.Warning("lasts_too_short", $"{path}.lasts", $"What the rule changes in traffic is taken back after {Duration.Format(lasts)} (lasts) and {why}");
    }

    private static string Advice(TimeSpan least, string shorter) => least >= Longest
        ? $"Give a shorter {shorter}."
        : $"Give a lasts above {Duration.Format(least)}, such as {Duration.Format(least * 2 < Longest ? least * 2 : Longest)}, or a shorter {shorter}.";

    // A rule is left when its condition does not hold and its exit does: the longer window decides.
    private static (string Key, TimeSpan Over)? Window(BudgetPolicyRuleConfig rule)
    {
        var entry = rule.When is { BurnAbove: not null, Over: { } over } ? over.Length : (TimeSpan?)null;
        var exit = rule.Exit is { BurnBelow: not null, Over: { } own } ? own.Length : (TimeSpan?)null;
        return (entry, exit) switch
        {
            (null, null) => null,
            (_, { } last) when !(entry >= last) => ("exit.over", last),
            _ => ("when.over", entry!.Value),
        };
    }
}
