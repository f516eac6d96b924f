using System.Runtime.InteropServices;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Balance;

/// <summary>Whether a destination takes calls, and if not, why and until when at the earliest.</summary>
/// <param name="Reason">The strongest reason against it.</param>
/// <param name="Until">When it may take calls again; <see cref="Ticks.Never"/> when nobody knows.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Availability(OffReason Reason, long Until)
{
    /// <summary>It takes calls.</summary>
    public bool On => Reason == OffReason.None;

    /// <summary>Reasons that come from health, which panic ignores.</summary>
    public bool OffByHealth => Reason is OffReason.Unhealthy or OffReason.Ejected;

    /// <summary>
    /// How a destination is now. Several reasons may hold: it comes back when the last of them ends, and health is named only when nothing else
    /// keeps it out, since panic may overrule health.
    /// </summary>
    public static Availability Of(DestinationModel destination, long now)
    {
        var state = destination.State;
        if (destination.Config.Weight == 0) return new(OffReason.Drained, Ticks.Never);
        var result = new Availability(OffReason.None, 0);
        result = result.And(OffReason.Ejected, state.Ejection.Until, now);
        if (state.Probes.IsUnhealthy) result = result.And(OffReason.Unhealthy, Math.Max(state.Probes.EarliestReturn, now + 1), now);
        result = result.And(OffReason.RetryAfter, state.Floor.OffUntil, now);
        return result.And(OffReason.BreakerOpen, state.Breaker.ClosedToCallsUntil(now), now);
    }

    private Availability And(OffReason reason, long until, long now) => until <= now ? this : new(reason, Math.Max(until, Until));
}
