using System.Runtime.InteropServices;
using Tidegate.Core.Ports;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Balance;

/// <summary>Chooses the destination of an attempt: eligible ones first, then the tier, then the service's policy, then its breaker's consent.</summary>
internal sealed class BalanceStage(EligibleSetBuilder builder, IRandomSource random, TimeProvider time)
{
    /// <summary>Share of its calls that a destination gets at the begin of its slow start.</summary>
    private const double SlowStartFloor = 0.1;

    /// <summary>The destination of the next attempt; without one when all are off.</summary>
    public Choice Choose(GatewayCall call, ServiceModel service, long now)
    {
        var set = Eligible(service, now);
        if (set.Tiers.Length == 0) return default;
        var first = set.Tiers.Length == 1 ? 0 : Draw(set.Tiers);
        if (call.Tried.Count == 0 && set.SlowStartUntil <= now)
        {
            var destination = service.Balancing.Pick(call, set.Tiers[first].Destinations, now);
            if (TryEnter(service, destination, now) is { Destination: not null } choice) return choice;
        }

        // Off the common path: the untried ones of the tier drawn, of the other tiers, and then once more those that were tried.
        var untried = ChooseAmong(call, service, set, first, tried: false, now);
        return untried.Destination is null && call.Tried.Count > 0 ? ChooseAmong(call, service, set, first, tried: true, now) : untried;
    }

    /// <summary>When the first destination may be used again, for <c>Retry-After</c>; at least a second from now.</summary>
    public TimeSpan ReopensIn(ServiceModel service, long now)
    {
        var at = Eligible(service, now).ReopensAt;
        // Some are half-open and being probed, or unhealthy without a date: asking again in a second is as good as any answer.
        var wait = at == Ticks.Never ? TimeSpan.Zero : Ticks.Span(time, at - now);
        return wait < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : wait;
    }

    /// <summary>Another attempt could go to a destination that this call has not tried and that has not asked to be left alone.</summary>
    public bool HasUntried(GatewayCall call, ServiceModel service, long now)
    {
        foreach (var tier in Eligible(service, now).Tiers)
            foreach (var destination in tier.Destinations)
                if (destination.State.Floor.AvoidUntil <= now && !call.Tried.Contains(destination)) return true;
        return false;
    }

    /// <summary>The set in force, made again when it is stale.</summary>
    public EligibleSet Eligible(ServiceModel service, long now)
    {
        var set = service.Eligible;
        if (set is not null && set.Version == service.State.Version && now < set.ValidUntil) return set;
        return service.Eligible = builder.Build(service, now);
    }

    private Choice ChooseAmong(GatewayCall call, ServiceModel service, EligibleSet set, int first, bool tried, long now)
    {
        var candidates = call.Candidates;
        for (var i = 0; i < set.Tiers.Length; i++)
        {
            candidates.Clear();
            foreach (var destination in set.Tiers[(first + i) % set.Tiers.Length].Destinations)
                if (tried || !call.Tried.Contains(destination)) candidates.Add(destination);
            DestinationModel? cold = null;
            while (candidates.Count > 0)
            {
                // The last one is no choice: asking would only move a round robin on, and give a cold destination more turns than its share.
                var destination = candidates.Count == 1 ? candidates[0] : service.Balancing.Pick(call, CollectionsMarshal.AsSpan(candidates), now);
                candidates.Remove(destination);
                if (candidates.Count > 0 && !TakesItsShare(service, destination, candidates, now)) cold = destination;
                else if (TryEnter(service, destination, now) is { Destination: not null } choice) return choice;
            }

            if (cold is not null && TryEnter(service, cold, now) is { Destination: not null } last) return last;
        }

        return default;
    }

    // Slow start for every policy alike: the policy's choice stands with the probability of its warmth, relative to the warmest.
    private bool TakesItsShare(ServiceModel service, DestinationModel chosen, List<DestinationModel> candidates, long now)
    {
        if (service.Balancing.HasAffinity || service.Config.Balancing.SlowStart <= TimeSpan.Zero) return true;
        var span = (double)Ticks.Of(time, service.Config.Balancing.SlowStart);
        var warmest = Warmth(chosen, span, now);
        foreach (var candidate in candidates) warmest = Math.Max(warmest, Warmth(candidate, span, now));
        var warmth = Warmth(chosen, span, now);
        return warmth >= warmest || random.NextDouble() < warmth / warmest;
    }

    private static Choice TryEnter(ServiceModel service, DestinationModel destination, long now)
    {
        var entry = destination.State.Breaker.TryEnter(service.Config.Resilience.Breaker, now);
        return entry == BreakerEntry.Refused ? default : new Choice(destination, entry);
    }

    private static double Warmth(DestinationModel destination, double span, long now) =>
        Math.Clamp(SlowStartFloor + ((1 - SlowStartFloor) * (now - destination.State.OnSince) / span), SlowStartFloor, 1);

    private int Draw(Tier[] tiers)
    {
        var draw = random.NextDouble();
        for (var i = 0; i < tiers.Length - 1; i++)
            if (draw < tiers[i].CumulativeShare) return i;
        return tiers.Length - 1;
    }
}

/// <summary>What was chosen.</summary>
/// <param name="Destination">Null when all destinations are off.</param>
/// <param name="Entry">How the breaker let the attempt in.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Choice(DestinationModel? Destination, BreakerEntry Entry);
