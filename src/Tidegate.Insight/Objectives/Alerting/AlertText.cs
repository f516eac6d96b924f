using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.Schema;
using Tidegate.Core.Windows;

namespace Tidegate.Insight.Objectives.Alerting;

/// <summary>What an alert says to whoever is woken: what users feel first, then how fast the budget goes.</summary>
internal static class AlertText
{
    public static string Summary(Objective objective, BudgetLedger ledger, Tally seen, double burn, TimeSpan window, DateTimeOffset now)
    {
        var period = ledger.Period(now);
        var left = ErrorBudget.Left(period, objective.Target) ?? 1;
        var unit = objective.Terms.Method == BudgetingMethod.Occurrences ? "" : " of the time";
        var felt = FormattableString.Invariant($"{Percent(seen.ErrorRatio ?? 0)}{unit} not good in the last {Duration.Format(window)} ({objective.Good}; promised {Percent(objective.Target)}).");
        var until = ErrorBudget.TimeLeft(left, burn, objective.Terms.Period, objective.Terms.Calendar is null ? null : ledger.PeriodAt(now).End - now);
        var rest = left <= 0
            ? FormattableString.Invariant($"The error budget is overrun by {Percent(-left)}.")
            : FormattableString.Invariant($"{Percent(left)} of the error budget is left") + (until is { } time ? $", for {Rough(time)} at this burn." : ".");
        return FormattableString.Invariant($"{felt} It burns {burn:0.#} times as fast as it may. {rest}");
    }

    /// <summary>A share in percent, with as many digits as matter.</summary>
    public static string Percent(double share) => Math.Abs(share) > 1.5 ? FormattableString.Invariant($"{share * 100:#,0} %") : FormattableString.Invariant($"{Math.Round(share * 100, Math.Abs(share) is > 0.9 and < 1 ? 4 : 2)} %");

    /// <summary>A time as people say it.</summary>
    public static string Rough(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => FormattableString.Invariant($"{time.TotalDays:0} days"),
        { TotalHours: >= 2 } => FormattableString.Invariant($"{time.TotalHours:0} hours"),
        { TotalMinutes: >= 2 } => FormattableString.Invariant($"{time.TotalMinutes:0} minutes"),
        _ => FormattableString.Invariant($"{Math.Max(0, time.TotalSeconds):0} seconds"),
    };
}
