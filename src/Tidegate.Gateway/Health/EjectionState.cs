using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Health;

/// <summary>Passive health of one destination: what calls saw, and until when it is ejected for it.</summary>
internal sealed class EjectionState(DestinationState destination)
{
    /// <summary>Ejections grow to at most this many times the first one, and are forgotten after as long without another.</summary>
    private const int LongestFactor = 10;

    private int _failuresInARow;
    private volatile RollingCounts? _counts;
    private volatile MeanLatency? _latency;
    private long _until;
    private int _ejections;

    /// <summary>End of the ejection in force, or of the last one; 0 when there was none.</summary>
    public long Until => Volatile.Read(ref _until);

    /// <summary>What led to the last ejection.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Takes the result of an attempt.</summary>
    public void Report(ServiceModel service, bool failed, long now, long latency)
    {
        var config = service.Config.Health.Passive;
        if (!failed)
        {
            if (Volatile.Read(ref _failuresInARow) != 0) Volatile.Write(ref _failuresInARow, 0);
            if (config.FailureRatio > 0) Counts(config).Add(now, failed: false);
            if (config.LatencyFactor > 0) Latency(config).Add(now, latency);
            return;
        }

        var inARow = Interlocked.Increment(ref _failuresInARow);
        if (config.ConsecutiveFailures > 0 && inARow >= config.ConsecutiveFailures)
            Eject(service, "consecutive_failures", $"{inARow} failures in a row", now);
        if (config.FailureRatio <= 0) return;
        var counts = Counts(config);
        counts.Add(now, failed: true);
        var (total, failures) = counts.Read(now);
        if (total >= config.MinimumCalls && failures >= config.FailureRatio * total)
            Eject(service, "error_ratio", $"{failures} of {total} calls failed", now);
    }

    /// <summary>Mean latency of the window in timestamp units; null when too few calls were seen to judge.</summary>
    public double? Mean(PassiveHealthConfig config, long now) =>
        Latency(config).Read(now) is { Count: var count, Mean: var mean } && count >= config.MinimumCalls ? mean : null;

    /// <summary>Ejects it, unless it is already, or too many are.</summary>
    public void Eject(ServiceModel service, string rule, string reason, long now)
    {
        var config = service.Config.Health.Passive;
        TimeSpan time;
        lock (destination.Service.EjectionGate)
        {
            if (Until > now || !MayEjectOneMore(service, config, now)) return;
            var first = Ticks.Of(destination.Service.Time, config.BaseEjection);
            // Forgiven when it has behaved for as long as the longest ejection.
            if (now - Until > first * LongestFactor) _ejections = 0;
            var length = first * Math.Min(LongestFactor, 1L << Math.Min(_ejections, 10));
            _ejections++;
            Reason = reason;
            time = Ticks.Span(destination.Service.Time, length);
            Volatile.Write(ref _until, Ticks.After(now, length));
        }

        Volatile.Write(ref _failuresInARow, 0);
        _counts?.Clear();
        destination.Service.Events.Ejected(destination, rule, reason, time);
        destination.Service.Changed();
    }

    private static bool MayEjectOneMore(ServiceModel service, PassiveHealthConfig config, long now)
    {
        var ejected = 0;
        foreach (var other in service.Destinations)
            if (other.State.Ejection.Until > now) ejected++;
        return ejected == 0 ? service.Destinations.Length > 1 || config.MaxEjectedShare >= 1 : ejected + 1 <= config.MaxEjectedShare * service.Destinations.Length;
    }

    private RollingCounts Counts(PassiveHealthConfig config) =>
        _counts is { } counts && counts.Window == config.Window ? counts : _counts = new RollingCounts(destination.Service.Time, config.Window);

    private MeanLatency Latency(PassiveHealthConfig config) =>
        _latency is { } latency && latency.Window == config.Window ? latency : _latency = new MeanLatency(destination.Service.Time, config.Window);
}
