using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Rules;

/// <summary>A policy is for something, its rules have a condition, and what they do is taken back further away than it begins.</summary>
internal sealed class ErrorBudgetPolicyRule : ResourceRule<ErrorBudgetPolicyConfig>
{
    public override void Check(ErrorBudgetPolicyConfig spec, ResourceScope scope)
    {
        if (spec.For.Slos.Count == 0 && spec.For.Services.Count == 0)
            scope.Error("at_least_one", "spec.for", "The policy is for nothing: give slos, services or both.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < spec.Rules.Count; i++)
        {
            var path = $"spec.rules[{i}]";
            var rule = spec.Rules[i];
            if (!MetadataRule.IsName(rule.Name)) scope.Error("bad_name", $"{path}.name", MetadataRule.NameProblem(rule.Name));
            else if (!names.Add(rule.Name)) scope.Error("duplicate_name", $"{path}.name", $"Two rules are called {rule.Name}: rename one.");
            When(rule.When, $"{path}.when", scope);
            Exit(rule, path, scope);
            LastsCheck.Check(rule, path, scope);
            Window(rule.When.Over, $"{path}.when.over", spec.For, scope);
            Window(rule.Exit.Over, $"{path}.exit.over", spec.For, scope);
        }
    }

    private static void When(BudgetConditionConfig when, string path, ResourceScope scope)
    {
        if (when is { BudgetLeftBelow: null, BurnAbove: null, Exhausted: false, IncidentAbove: null })
            scope.Error("at_least_one", path, "The rule has no condition: give budgetLeftBelow, burnAbove, exhausted or incidentAbove.");
        if (when.BurnAbove is not null && when.Over is null) scope.Error("missing_key", path, "The key \"over\" is missing: give the window of burnAbove, such as 1h.");
        if (when.BurnAbove is null && when.Over is not null) scope.Error("unused_key", $"{path}.over", "A window says something only beside burnAbove.");
        if (when.Over is { Count: 0 }) scope.Error("out_of_range", $"{path}.over", "A window is longer than 0.");
    }

    private static void Exit(BudgetPolicyRuleConfig rule, string path, ResourceScope scope)
    {
        if (rule.Exit.BudgetLeftAbove < rule.When.BudgetLeftBelow)
            scope.Error("exit_before_entry", $"{path}.exit.budgetLeftAbove", $"The rule would be left ({rule.Exit.BudgetLeftAbove} %) while it still holds (below {rule.When.BudgetLeftBelow} %): give at least {rule.When.BudgetLeftBelow}.");
        if (rule.Exit.BurnBelow > rule.When.BurnAbove)
            scope.Error("exit_before_entry", $"{path}.exit.burnBelow", $"The rule would be left (below {rule.Exit.BurnBelow}) while it still holds (above {rule.When.BurnAbove}): give at most {rule.When.BurnAbove}.");
        if (rule.Exit.Over is not null && rule.Exit.BurnBelow is null) scope.Error("unused_key", $"{path}.exit.over", "A window says something only beside burnBelow.");
        if (rule.Exit is { BurnBelow: not null, Over: null } && rule.When.Over is null)
            scope.Error("missing_key", $"{path}.exit", "The key \"over\" is missing: the rule has no window of its own for burnBelow.");
    }

    // What is longer than the period of the budget is not counted: the rule could never hold.
    private static void Window(DurationShorthand? over, string path, BudgetPolicyScopeConfig scopeOf, ResourceScope scope)
    {
        if (over is not { } window) return;
        var shortest = scope.Document.OfKind<SloConfig>().Where(s => scopeOf.Slos.Contains(s.Metadata.Name, StringComparer.Ordinal) || scopeOf.Services.Contains(s.Spec.Service, StringComparer.Ordinal))
            .Where(s => s.Spec.TimeWindow.Count == 1).MinBy(s => s.Spec.TimeWindow[0].Duration.Length);
        if (shortest is not null && window.Length > shortest.Spec.TimeWindow[0].Duration.Length)
            scope.Warning("window_too_long", path, $"{window} is longer than the period of {shortest.Id} ({shortest.Spec.TimeWindow[0].Duration}): its burn is not known for so long.");
    }
}
