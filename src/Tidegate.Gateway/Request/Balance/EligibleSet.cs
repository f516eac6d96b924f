using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Balance;

/// <summary>
/// Which destinations of a service may be used, sorted into tiers by priority and zone. Immutable; made again when a destination's state changes or
/// <see cref="ValidUntil"/> passes, so that a call looks at no destination it does not use.
/// </summary>
internal sealed class EligibleSet
{
    /// <summary>Tiers that take calls, the preferred first; empty when all destinations are off.</summary>
    public required Tier[] Tiers { get; init; }

    /// <summary>State of the service it was made of (<see cref="Guard.ServiceState.Version"/>).</summary>
    public required int Version { get; init; }

    /// <summary>When time alone makes it wrong: the next end of an ejection, a cooldown or a <c>Retry-After</c>.</summary>
    public required long ValidUntil { get; init; }

    /// <summary>When the first destination that is off may come back; <see cref="Ticks.Never"/> when none is, or nobody knows.</summary>
    public required long ReopensAt { get; init; }

    /// <summary>Until when a destination among them has less than its full share.</summary>
    public required long SlowStartUntil { get; init; }

    /// <summary>Health is ignored because too few destinations are healthy.</summary>
    public required bool Panic { get; init; }
}

/// <summary>Destinations of one priority, in the node's zone or outside it.</summary>
/// <param name="Destinations">Those that may be used; not empty.</param>
/// <param name="CumulativeShare">Sum of the shares up to and including this tier; the last one's is 1.</param>
internal sealed record Tier(DestinationModel[] Destinations, double CumulativeShare);
