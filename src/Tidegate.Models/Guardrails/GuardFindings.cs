using Tidegate.Core.Resources.Guardrails;

namespace Tidegate.Models.Guardrails;

/// <summary>What was found in one direction of a call. Never the values.</summary>
internal sealed class GuardFindings(PlaceholderList placeholders)
{
    private readonly Dictionary<GuardRule, int> _counts = [];

    /// <summary>The rule that refuses the call; null when none does.</summary>
    public GuardRule? Blocked { get; private set; }

    /// <summary>Something was put in the place of something else.</summary>
    public int Changes { get; private set; }

    /// <summary>Findings, by rule.</summary>
    public IReadOnlyDictionary<GuardRule, int> Counts => _counts;

    /// <summary>Notes a finding and says what stands in its place.</summary>
    public string Decide(GuardRule rule, string value)
    {
        if (ReferenceEquals(rule, GuardRule.Restore))
        {
            Changes++;
            return placeholders.ValueOf(value)!;
        }

        if (ReferenceEquals(rule, GuardRule.Hide))
        {
            Changes++;
            return placeholders.PlaceholderOf(value);
        }

        _counts[rule] = _counts.GetValueOrDefault(rule) + 1;
        if (rule.Action == GuardAction.Flag) return value;
        Changes++;
        if (rule.Action == GuardAction.Block) Blocked ??= rule;
        return rule.Action == GuardAction.Tokenise ? placeholders.For(rule.Name, value) : rule.Replacement;
    }

    /// <summary>The counts have been written down.</summary>
    public void Noted() => _counts.Clear();

    /// <summary>Refuses the call for a reason that is no text.</summary>
    public void Block(GuardRule rule)
    {
        _counts[rule] = _counts.GetValueOrDefault(rule) + 1;
        Blocked ??= rule;
    }
}
