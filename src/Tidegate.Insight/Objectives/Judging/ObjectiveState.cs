using Tidegate.Insight.Objectives.Alerting;

namespace Tidegate.Insight.Objectives.Judging;

/// <summary>An objective with what it has seen. Used by the tick alone, but for <see cref="Status"/>.</summary>
internal sealed class ObjectiveState(Objective objective)
{
    private readonly Lock _gate = new();
    private IReadOnlyList<TimeSpan> _wanted = [];
    private BurnWindows? _next;

    // How it stood at the last tick, as figures in the same place every time. It is put into words by whoever asks: ten thousand statuses every ten seconds are garbage that lives long enough to be found last.
    private ObjectiveStatus? _unread;
    private Judged _judged;
    private BurnWindows? _windows;
    private double[] _burns = [];

    public Objective Objective { get; } = objective;

    /// <summary>Null until its history was read: until then nothing is judged.</summary>
    public ObjectiveLedgers? Ledgers { get; set; }

    public ObjectiveAlerts Alerts { get; } = new(objective);

    /// <summary>Windows whose burn is wanted besides those of its alerts.</summary>
    public IReadOnlyList<TimeSpan> Windows
    {
        get => _wanted;
        set => (_wanted, _next) = (value, null);
    }

    /// <summary>True when a tick has seen it.</summary>
    public bool IsSeen
    {
        get
        {
            lock (_gate) return _unread is not null || _windows is not null;
        }
    }

    /// <summary>How it stood at the last tick; null before the first.</summary>
    public ObjectiveStatus? Status
    {
        get
        {
            lock (_gate) return _windows is null ? _unread : StatusOf.At(Objective, _judged, _windows.Rates([.. _burns]));
        }
    }

    /// <summary>A tick has seen it, and its history is not read yet.</summary>
    public void Wait(ObjectiveStatus unread)
    {
        lock (_gate) (_unread, _windows) = (unread, null);
    }

    /// <summary>Judges it by its ledgers, which are there.</summary>
    /// <param name="now">The tick.</param>
    /// <param name="trouble">Why its source delivers nothing; null when it is well.</param>
    /// <param name="reading">What of its past its source still brings; null when all is there.</param>
    /// <param name="latest">What is worth knowing about what it got last; null when nothing is.</param>
    public void Judge(DateTimeOffset now, string? trouble, string? reading, string? latest)
    {
        var (ledgers, windows) = (Ledgers!, _next ??= new(Objective, _wanted));
        var (start, end) = ledgers.Adjusted.PeriodAt(now);
        lock (_gate)
        {
            _judged = new Judged(now, ledgers.Adjusted.Period(now), ledgers.Raw.Period(now), start, end, Alerts.Open, ledgers.CoarseUntil > start ? ledgers.CoarseUntil : null, trouble, reading, latest);
            if (_windows != windows) (_windows, _burns) = (windows, new double[windows.Count]);
            windows.Fill(_burns, ledgers.Adjusted, Objective.Target, now);
        }
    }

    /// <summary>Says why nothing was seen of it, if nothing was.</summary>
    public void ExplainEmpty(Func<string?> why)
    {
        if (_windows is null || !_judged.Seen.IsEmpty) return;
        var reason = why();
        lock (_gate) _judged = _judged with { Empty = reason };
    }
}
