using Tidegate.Insight.Objectives.Alerting;

namespace Tidegate.Insight.Objectives.Judging;

/// <summary>An objective with what it has seen. Used by the tick alone, but for <see cref="Status"/>.</summary>
internal sealed class ObjectiveState(Objective objective)
{
    private volatile ObjectiveStatus? _status;
    private IReadOnlyList<TimeSpan> _windows = [];
    private BurnWindows? _burns;

    public Objective Objective { get; } = objective;

    /// <summary>Null until its history was read: until then nothing is judged.</summary>
    public ObjectiveLedgers? Ledgers { get; set; }

    public ObjectiveAlerts Alerts { get; } = new(objective);

    /// <summary>Windows whose burn is wanted besides those of its alerts.</summary>
    public IReadOnlyList<TimeSpan> Windows
    {
        get => _windows;
        set => (_windows, _burns) = (value, null);
    }

    /// <summary>Tells how fast its budget burns.</summary>
    public BurnWindows Burns => _burns ??= new(Objective, _windows);

    /// <summary>How it stood at the last tick; null before the first.</summary>
    public ObjectiveStatus? Status { get => _status; set => _status = value; }
}
