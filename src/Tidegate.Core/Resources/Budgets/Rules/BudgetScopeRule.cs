using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Budgets.Rules;

/// <summary>Teams and tags are words that a call can have.</summary>
internal sealed class BudgetScopeRule : ResourceRule<BudgetConfig>
{
    public override void Check(BudgetConfig spec, ResourceScope scope)
    {
        Check(spec.For.Teams, "teams");
        Check(spec.For.Tags, "tags");

        for (var i = 0; i < spec.For.Tags.Count; i++)
            if (spec.For.Tags[i].Contains(',', StringComparison.Ordinal)) scope.Error("bad_name", $"spec.for.tags[{i}]", "Commas stand between tags: a tag has none.");

        void Check(IReadOnlyList<string> words, string key)
        {
            for (var i = 0; i < words.Count; i++)
                if (!LabelWord.IsLegal(words[i])) scope.Error("bad_name", $"spec.for.{key}[{i}]", LabelWord.Problem(words[i]));
        }
    }
}
