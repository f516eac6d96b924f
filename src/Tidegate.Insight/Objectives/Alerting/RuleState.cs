using Tidegate.Core.Windows;

namespace Tidegate.Insight.Objectives.Alerting;

/// <summary>Whether a pair fires. Without data in the short window it stays as it is, as long as the long one burns: silence is not recovery.</summary>
internal sealed class RuleState(AlertRule rule)
{
    private DateTimeOffset? _since;

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
        if (IsFiring) return IsFiring = Rule.ClearOnLong ? over == true : still ?? over == true;
        var burns = over == true && still == true && seen.Total >= Rule.MinEvents && IsSure(seen, target);
        _since = burns ? _since ?? now : null;
        return IsFiring = burns && now - _since >= Rule.After;
    }

    // A billionth of tolerance: 1 - 0.999 is not 0.001.
    private bool? Burns(Tally seen, double target) => ErrorBudget.BurnRate(seen, target) is { } burn ? burn >= (double)Rule.Pair.Burn * (1 - 1e-9) : null;

    // One-sided: how little the true share may be.
    private bool IsSure(Tally seen, double target) =>
        Rule.Confidence <= 0 || ErrorBudget.Confidence(seen, Quantile(Rule.Confidence)) is { } interval && interval.Low / (1 - target) >= (double)Rule.Pair.Burn;

    // Quantile of the normal distribution, Abramowitz and Stegun 26.2.23: off by at most 4.5e-4.
    private static double Quantile(double share)
    {
        var t = Math.Sqrt(-2 * Math.Log(1 - share));
        return t - ((2.515517 + (0.802853 * t) + (0.010328 * t * t)) / (1 + (1.432788 * t) + (0.189269 * t * t) + (0.001308 * t * t * t)));
    }
}
