using Tidegate.Core.Resources.OpenSlo.Indicators;

namespace Tidegate.Insight.Indicators.Probes;

/// <summary>A probe on this node: when it is due, and how it went last.</summary>
internal sealed class ProbeState(ProbeIndicator indicator, DateTimeOffset firstAt)
{
    private int _running;

    public string Series => indicator.Series;

    public ProbeIndicatorConfig Config => indicator.Config;

    /// <summary>When it asks next. Moved on by whoever begins it.</summary>
    public DateTimeOffset NextAt { get; set; } = firstAt;

    /// <summary>How it went last; null before it has asked on this node.</summary>
    public ProbeResult? Last { get; set => Volatile.Write(ref field, value); }

    /// <summary>True for the one who may run it now.</summary>
    public bool TryBegin() => Interlocked.Exchange(ref _running, 1) == 0;

    /// <summary>It is not running any more.</summary>
    public void End() => Volatile.Write(ref _running, 0);
}
