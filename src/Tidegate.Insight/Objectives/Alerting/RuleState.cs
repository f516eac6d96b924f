using Tidegate.Core.Windows;

namespace Tidegate.Insight.Objectives.Alerting;

/// <summary>Whether a pair fires. Without data in the short window it stays as it is, as long as the long one burns: silence is not recovery.</summary>
internal sealed class RuleState(AlertRule rule, AlertRules rules)
{
    public AlertRule Rule { get; } = rule;

    public bool IsFiring { get; private set; }

    /// <summary>Burn over the long window, at the last look.</summary>
    public double Burn { get; private set; }

    /// <summary>Goes on from what was known before a restart.</summary>
    public void Restore() => IsFiring = true;

    /// <summary>Looks again. True while it fires.</summary>
    public bool Look(BudgetLedger ledger, DateTimeOffset now)
    {
        var target = ledger.Terms.Target;
        var seen = ledger.Window(now, Rule.Pair.Long);
        var over = Burns(seen, target);
        var still = Burns(ledger.Window(now, Rule.Pair.Short), target);
        Burn = ErrorBudget.BurnRate(seen, target) ?? 0;
        IsFiring = IsFiring
            ? rules.ClearOnLong ? over == true : still ?? over == true
            : over == true && still == true && seen.Total >= rules.MinEvents;
        return IsFiring;
    }

    // A billionth of tolerance: 1 - 0.999 is not 0.001.
    private bool? Burns(Tally seen, double target) => ErrorBudget.BurnRate(seen, target) is { } burn ? burn >= Rule.Pair.Burn * (1 - 1e-9) : null;
}
