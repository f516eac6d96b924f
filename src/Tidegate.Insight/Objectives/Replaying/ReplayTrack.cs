using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives.Alerting;
using Tidegate.Insight.Objectives.Judging;

namespace Tidegate.Insight.Objectives.Replaying;

/// <summary>
/// One objective through recorded time: fed and judged tick by tick by what judges it in earnest, with a clock that runs as fast as the processor. Events are
/// spread evenly over the stretch they are recorded in; so an alert begins in the minute it began in, but may be some ticks off within it.
/// </summary>
internal sealed class ReplayTrack
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Objective _objective;
    private readonly IReadOnlyList<SeriesStretch> _stretches;
    private readonly TimeSpan _unit;
    private readonly TimeSpan _late;
    private readonly ObjectiveAlerts _alerts;
    private readonly Dictionary<string, (Alert Alert, TimeSpan Within, DateTimeOffset? End)> _fired = new(StringComparer.Ordinal);
    private int _next;
    private long _part;

    /// <summary>Prepares a run.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="stretches">What was recorded, oldest first.</param>
    /// <param name="countsCalls">Events came as they happened; otherwise in whole minutes, once these were over.</param>
    public ReplayTrack(Objective objective, IReadOnlyList<SeriesStretch> stretches, bool countsCalls)
    {
        (_objective, _stretches, _alerts) = (objective, stretches, new ObjectiveAlerts(objective));
        Ledgers = new ObjectiveLedgers(objective.Terms, objective.Exclusions);
        // What a source says of a minute comes in a tick after it, and is judged then.
        (_unit, _late) = countsCalls ? (SeriesHub.Tick, TimeSpan.Zero) : (Minute, Minute + SeriesHub.Tick);
    }

    /// <summary>What it has seen so far.</summary>
    public ObjectiveLedgers Ledgers { get; }

    /// <summary>Least share of the budget that was left in the time that is reported.</summary>
    public double? Least { get; private set; }

    /// <summary>Alerts in the order in which they began.</summary>
    public IReadOnlyList<ReplayedAlert> Alerts(DateTimeOffset from, DateTimeOffset until) =>
    [
        .. _fired.Values.Where(f => f.End is null || f.End > from).OrderBy(f => f.Alert.FiredAt).ThenBy(f => f.Alert.Severity).Select(f => Of(f.Alert, f.End, from, until) with { Id = null, WithinSeconds = f.Within.TotalSeconds }),
    ];

    /// <summary>An alert within a time.</summary>
    public static ReplayedAlert Of(Alert alert, DateTimeOffset? end, DateTimeOffset from, DateTimeOffset until) => new()
    {
        Id = alert.Id, Severity = alert.Severity, FiredAt = alert.FiredAt, ResolvedAt = end, Seconds = ((end is { } e && e < until ? e : until) - (alert.FiredAt > from ? alert.FiredAt : from)).TotalSeconds,
        Condition = alert.Condition, Burn = alert.Burn, BudgetLeft = alert.BudgetLeft,
    };

    /// <summary>Runs to the end of the time.</summary>
    /// <param name="judgeFrom">From when on it is judged; before, it only takes in.</param>
    /// <param name="reportFrom">From when on it is reported.</param>
    /// <param name="until">The end; it is not part of the time.</param>
    /// <param name="ticked">Told now and then how far it is, 0 to 1.</param>
    /// <param name="cancel">Cancelled when nobody waits any more.</param>
    public void Run(DateTimeOffset judgeFrom, DateTimeOffset reportFrom, DateTimeOffset until, Action<double>? ticked, CancellationToken cancel)
    {
        if (_stretches.Count == 0) return;
        var first = Floor(_stretches[0].Start, SeriesHub.Tick);
        if (first < judgeFrom) Take(first = Floor(judgeFrom, SeriesHub.Tick));
        var seen = 0;
        for (var now = first; now < until; now += SeriesHub.Tick)
        {
            Take(now);
            foreach (var turn in _alerts.Look(Ledgers.Adjusted, now)) Note(turn);
            if (++seen % 360 != 0 && now + SeriesHub.Tick < until) continue;
            // Once an hour of its time.
            cancel.ThrowIfCancellationRequested();
            if (now >= reportFrom && ErrorBudget.Left(Ledgers.Adjusted.Period(now), _objective.Target) is { } left && !(left >= Least)) Least = left;
            ticked?.Invoke((now - first) / (until - first));
        }

        // The last minute counts, though its alerts would have come after the end.
        Take(until + _late);
    }

    /// <summary>Takes in everything that happened by a moment, however late it was known.</summary>
    public void TakeAll(DateTimeOffset until) => Take(until + _late);

    /// <summary>Takes in everything that was known by a moment.</summary>
    public void Take(DateTimeOffset now)
    {
        while (_next < _stretches.Count)
        {
            var stretch = _stretches[_next];
            var parts = Math.Max(1, stretch.Step / _unit);
            for (; _part < parts; _part++)
            {
                var at = stretch.Start + (_part * _unit);
                if (at + _late > now) return;
                Ledgers.Add(at, Part(stretch.Events, _part, (long)parts));
            }

            (_next, _part) = (_next + 1, 0);
        }
    }

    // Whole events stay whole: good and bad are spread each for itself.
    private static Tally Part(Tally events, long part, long parts)
    {
        var (bad, good) = (Part(events.Bad, part, parts), Part(events.Total - events.Bad, part, parts));
        return new Tally(bad, bad + good);
    }

    private static double Part(double count, long part, long parts) =>
        Math.Floor(count) == count ? Math.Floor(count * (part + 1) / parts) - Math.Floor(count * part / parts) : count / parts;

    private void Note(AlertTurn turn)
    {
        if (turn.Fired is { } alert) _fired[alert.Id] = (alert, _stretches[Math.Min(_next, _stretches.Count - 1)].Step, null);
        else if (_fired.TryGetValue(turn.Id, out var known)) _fired[turn.Id] = known with { End = turn.At };
    }

    private static DateTimeOffset Floor(DateTimeOffset at, TimeSpan step) => new(at.UtcTicks - (at.UtcTicks % step.Ticks), TimeSpan.Zero);
}
