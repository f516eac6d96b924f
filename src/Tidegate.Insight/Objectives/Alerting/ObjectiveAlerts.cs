using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.Schema;
using Tidegate.Core.Windows;

namespace Tidegate.Insight.Objectives.Alerting;

/// <summary>
/// The alerts of one objective: at most one of each severity at a time, however many of its pairs fire. What must be written is told as changes; until they are
/// written, the next look tells them again.
/// </summary>
internal sealed class ObjectiveAlerts(Objective objective)
{
    private static readonly TimeSpan Slot = TimeSpan.FromSeconds(10);
    private static readonly AlertSeverity[] Severities = Enum.GetValues<AlertSeverity>();

    private readonly RuleState[] _rules = [.. objective.Alerts.Rules.Select(r => new RuleState(r))];
    private readonly NoDataState? _noData = objective.Alerts.NoData is { } rule ? new(rule) : null;
    private (string Id, DateTimeOffset FiredAt)? _openNoData;
    private readonly Dictionary<AlertSeverity, (string Id, DateTimeOffset FiredAt)> _open = [];

    /// <summary>Ids of the alerts that fire.</summary>
    public IReadOnlyList<string> Open => _open.Count == 0 && _openNoData is null ? [] : [.. _open.OrderBy(o => o.Key).Select(o => o.Value.Id), .. _openNoData is { } silent ? [silent.Id] : Array.Empty<string>()];

    /// <summary>Goes on with an alert that was written before a restart. Its pairs fire until they are seen not to.</summary>
    public void Restore(Alert alert)
    {
        if (alert.Condition.StartsWith(NoDataState.Condition, StringComparison.Ordinal))
        {
            _openNoData = (alert.Id, alert.FiredAt);
            _noData?.Restore();
            return;
        }

        _open[alert.Severity] = (alert.Id, alert.FiredAt);
        foreach (var rule in _rules.Where(r => r.Rule.Severity == alert.Severity)) rule.Restore();
    }

    /// <summary>Looks at every pair, and says what has changed.</summary>
    public IEnumerable<AlertTurn> Look(BudgetLedger ledger, DateTimeOffset now)
    {
        foreach (var rule in _rules) rule.Look(ledger, now);
        foreach (var severity in Severities)
        {
            var firing = Array.Find(_rules, r => r.Rule.Severity == severity && r.IsFiring);
            var open = _open.TryGetValue(severity, out var known);
            if (firing is not null && !open)
            {
                var alert = Describe(firing, ledger, now);
                _open[severity] = (alert.Id, now);
                yield return new AlertTurn(alert.Id, alert, now);
            }
            else if (firing is null && open)
            {
                _open.Remove(severity);
                yield return new AlertTurn(known.Id, null, now);
            }
        }

        var isSilent = _noData?.Look(ledger, now) ?? false;
        if (isSilent && _openNoData is null)
        {
            var alert = Silence(_noData!, ledger, now);
            _openNoData = (alert.Id, now);
            yield return new AlertTurn(alert.Id, alert, now);
        }
        else if (!isSilent && _openNoData is { } silent)
        {
            _openNoData = null;
            yield return new AlertTurn(silent.Id, null, now);
        }
    }

    private Alert Silence(NoDataState state, BudgetLedger ledger, DateTimeOffset now) => new()
    {
        Id = $"alert_{objective.Id}_nodata_{now.ToUnixTimeSeconds()}",
        Objective = objective.Id,
        Slo = objective.Slo,
        Service = objective.Service,
        Severity = state.Rule.Severity,
        FiredAt = now,
        ImpactStart = now - state.Rule.Window,
        Condition = state.Words,
        Burn = 0,
        BudgetLeft = ErrorBudget.Left(ledger.Period(now), objective.Target) ?? 1,
        Summary = $"Nothing is known of {objective.Id} for {Duration.Format(state.Rule.Window)} ({objective.Good}): no events came, neither good nor bad. Users may be hurt without anybody seeing it.",
        Targets = state.Rule.Targets,
        Runbook = objective.Runbook,
        Links = objective.Links.All,
    };

    private Alert Describe(RuleState rule, BudgetLedger ledger, DateTimeOffset now)
    {
        var (pair, severity) = (rule.Rule.Pair, rule.Rule.Severity);
        var seen = ledger.Window(now, pair.Long);
        return new Alert
        {
            Id = $"alert_{objective.Id}_{severity.ToString().ToLowerInvariant()}_{now.ToUnixTimeSeconds()}",
            Objective = objective.Id,
            Slo = objective.Slo,
            Service = objective.Service,
            Severity = severity,
            FiredAt = now,
            ImpactStart = ImpactStart(ledger, now, pair),
            Condition = FormattableString.Invariant($"{pair.Burn:0.###}x over {Duration.Format(pair.Long)} and {Duration.Format(pair.Short)}"),
            Burn = rule.Burn,
            BudgetLeft = ErrorBudget.Left(ledger.Period(now), objective.Target) ?? 1,
            Summary = AlertText.Summary(objective, ledger, seen, rule.Burn, pair.Long, now),
            Targets = TargetsOf(severity),
            Runbook = objective.Runbook,
            Links = objective.Links.All,
        };
    }

    // An alert stands for all pairs of its severity, those that join it later, too: whoever is told of any of them is told.
    private string TargetsOf(AlertSeverity severity)
    {
        var named = _rules.Where(r => r.Rule.Severity == severity).Select(r => r.Rule.Targets).ToList();
        return named.Contains("") ? "" : string.Join(',', named.SelectMany(n => n.Split(',')).Distinct(StringComparer.Ordinal));
    }

    // The first minute from which on it was bad at the rate of the alert without a break, as far back as minutes are kept; within it, the first ten seconds that had anything bad.
    private static DateTimeOffset ImpactStart(BudgetLedger ledger, DateTimeOffset now, AlertPair pair)
    {
        var (step, most) = (TimeSpan.FromMinutes(1), pair.Long < TimeSpan.FromHours(6) ? pair.Long : TimeSpan.FromHours(6));
        var start = TimeSpan.Zero;
        for (var back = step; back <= most; back += step)
        {
            if (ErrorBudget.BurnRate(Between(ledger, now, back, back - step), ledger.Terms.Target) is { } burn)
            {
                if (burn < 1) break;
                start = back;
            }
        }

        // Older ones are kept by the minute only.
        if (start > TimeSpan.FromHours(1)) return now - start;
        while (start > Slot && Between(ledger, now, start, start - Slot).Bad <= 0) start -= Slot;
        return now - start;
    }

    private static Tally Between(BudgetLedger ledger, DateTimeOffset now, TimeSpan from, TimeSpan until) =>
        ledger.Window(now, from) - (until > TimeSpan.Zero ? ledger.Window(now, until) : Tally.None);
}
