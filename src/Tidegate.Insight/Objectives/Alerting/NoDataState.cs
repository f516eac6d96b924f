using Tidegate.Core.Resources.Schema;
using Tidegate.Core.Windows;

namespace Tidegate.Insight.Objectives.Alerting;

/// <summary>Whether it alerts that an objective has no data. It does so only after having looked for as long as its window: what a process before has missed is no silence.</summary>
internal sealed class NoDataState(NoDataRule rule)
{
    private DateTimeOffset? _began;

    public NoDataRule Rule { get; } = rule;

    public bool IsFiring { get; private set; }

    /// <summary>What tells such an alert from one that burns: the beginning of its condition.</summary>
    public static string Condition { get; } = "no data over ";

    public string Words => Condition + Duration.Format(Rule.Window);

    /// <summary>Goes on from what was known before a restart.</summary>
    public void Restore() => IsFiring = true;

    /// <summary>Looks again. True while it fires.</summary>
    public bool Look(BudgetLedger ledger, DateTimeOffset now)
    {
        _began ??= now;
        var isSilent = ledger.Window(now, Rule.Window).IsEmpty;
        return IsFiring = isSilent && (IsFiring || now - _began >= Rule.Window);
    }
}
