using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.AlertSets.Rules;

/// <summary>Pairs have a short window below the long one, and one threshold.</summary>
internal sealed class AlertSetRule : ResourceRule<AlertSetConfig>
{
    public override void Check(AlertSetConfig spec, ResourceScope scope)
    {
        if (BuiltInAlertSets.All.ContainsKey(scope.Name))
            scope.Error("name_taken", "metadata.name", $"{scope.Name} is the name of a built-in set: give another name.");
        for (int i = 0; i < spec.Pairs.Count; i++) Check(spec.Pairs[i], $"spec.pairs[{i}]", scope);
    }

    private static void Check(AlertPairConfig pair, string path, ResourceScope scope)
    {
        if (pair.Short.Count == 0 || pair.Short.Length >= pair.Long.Length)
            scope.Error("short_not_below_long", $"{path}.short", $"The short window ({pair.Short}) must be above 0 and below the long one ({pair.Long}): a twelfth of it is usual.");
        if (pair.Burn is null == pair.BudgetShare is null)
            scope.Error("exactly_one", path, "A pair has one threshold: give burn or budgetShare.");
        if (pair.Burn <= 0) scope.Error("out_of_range", $"{path}.burn", "A burn rate is above 0: at 0 it would alert all the time.");
        if (pair.BudgetShare is <= 0 or > 1) scope.Error("out_of_range", $"{path}.budgetShare", "A share of the budget is above 0 and at most 1: 0.02 is 2 %.");
    }
}
