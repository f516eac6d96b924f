using System.Collections.Concurrent;

namespace Tidegate.Insight.InboundAlerts.Intake;

/// <summary>What became of the alerts that were told, since the process began.</summary>
internal sealed class InboundAlertCounts(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Origin, InboundAlertResult Result), long> _counts = new();
    private long _open;
    private long _refused;

    /// <summary>How many fire, as it was seen last.</summary>
    public long Open { get => Volatile.Read(ref _open); set => Volatile.Write(ref _open, value); }

    /// <summary>When one was refused last because too many fire; null when none was.</summary>
    public DateTimeOffset? RefusedAt => Volatile.Read(ref _refused) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public IEnumerable<(string Origin, InboundAlertResult Result, long Count)> All => _counts.Select(c => (c.Key.Origin, c.Key.Result, c.Value));

    public void Count(string origin, InboundAlertResult result, int times = 1)
    {
        if (times == 0) return;
        _counts.AddOrUpdate((origin, result), times, (_, before) => before + times);
        if (result == InboundAlertResult.Full) Volatile.Write(ref _refused, time.GetUtcNow().UtcTicks);
    }
}
