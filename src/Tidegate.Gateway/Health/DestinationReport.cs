using Tidegate.Core.Ports;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Health;

/// <summary>How destinations are, for people.</summary>
internal static class DestinationReport
{
    /// <summary>All destinations of the services given.</summary>
    public static IReadOnlyList<DestinationStatus> Of(IReadOnlyList<ServiceModel> services, TimeProvider time)
    {
        var now = time.GetTimestamp();
        return [.. services.SelectMany(s => s.Destinations.Select(d => Of(s, d, time, now)))];
    }

    /// <summary>All targets of models, one for each key, as destinations of their provider: each once, however many aliases lead to it.</summary>
    public static IReadOnlyList<DestinationStatus> Of(IReadOnlyList<AliasModel> aliases, TimeProvider time)
    {
        var now = time.GetTimestamp();
        return [.. TargetTrouble.Each(aliases).Select(t => Of(t.Target, t.At, time, now)).OrderBy(s => s.Destination, StringComparer.Ordinal)];
    }

    private static DestinationStatus Of(TargetModel target, int at, TimeProvider time, long now)
    {
        var state = target.States[at];
        return new DestinationStatus(target.Provider.Name, state.Name, TargetTrouble.IsKeyOut(target, at, time) ? "unhealthy" : "unknown", Word(state.Breaker.Position(now)), null, state.InFlight,
            TargetTrouble.Of(target, at, time));
    }

    private static DestinationStatus Of(ServiceModel service, DestinationModel destination, TimeProvider time, long now)
    {
        var state = destination.State;
        var ejectedUntil = state.Ejection.Until > now ? time.GetUtcNow() + Ticks.Span(time, state.Ejection.Until - now) : (DateTimeOffset?)null;
        return new DestinationStatus(service.Name, destination.Name, state.Probes.Health.ToString().ToLowerInvariant(), Word(state.Breaker.Position(now)), ejectedUntil,
            state.InFlight, Reason(destination, time, now));
    }

    /// <summary><c>closed</c>, <c>open</c> or <c>half_open</c>.</summary>
    public static string Word(BreakerPosition position) => position == BreakerPosition.HalfOpen ? "half_open" : position.ToString().ToLowerInvariant();

    private static string? Reason(DestinationModel destination, TimeProvider time, long now)
    {
        var state = destination.State;
        var availability = Availability.Of(destination, now);
        var left = availability.Until == Ticks.Never ? "" : $" (for {Ticks.Span(time, availability.Until - now).TotalSeconds:0.#} s)";
        return availability.Reason switch
        {
            OffReason.None => null,
            OffReason.Drained => "weight is 0",
            OffReason.Unhealthy => $"unhealthy: {state.Probes.Reason}",
            OffReason.Ejected => $"ejected: {state.Ejection.Reason}{left}",
            OffReason.BreakerOpen => state.Breaker.OverrideReason(now) is { } by ? $"breaker held open: {by}{left}" : $"breaker open{left}",
            _ => $"asked to be left alone{left}",
        };
    }
}
