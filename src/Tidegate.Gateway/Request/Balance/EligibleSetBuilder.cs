using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Balance;

/// <summary>Decides which destinations may be used: drained, unhealthy, ejected, open and waiting ones are out; what is left is sorted by priority and zone.</summary>
internal sealed class EligibleSetBuilder(GatewayOptions options, TimeProvider time)
{
    /// <summary>The set in force at <paramref name="now"/>.</summary>
    public EligibleSet Build(ServiceModel service, long now)
    {
        var version = service.State.Version; // before looking: a change while we look makes the set stale, and it is made again
        var config = service.Config.Balancing;
        int all = 0, healthy = 0;
        long validUntil = Ticks.Never, reopensAt = Ticks.Never, slowUntil = 0;
        var slow = Ticks.Of(time, config.SlowStart);
        foreach (var destination in service.Destinations)
        {
            var availability = Availability.Of(destination, now);
            if (availability.Reason == OffReason.Drained) continue;
            all++;
            if (!availability.OffByHealth) healthy++;
            if (!availability.On)
            {
                validUntil = Math.Min(validUntil, availability.Until);
                reopensAt = Math.Min(reopensAt, availability.Until);
            }
            else if (slow > 0 && destination.State.OnSince + slow > now)
            {
                slowUntil = Math.Max(slowUntil, destination.State.OnSince + slow);
            }

            if (destination.State.Floor.AvoidUntil is var avoid && avoid > now) validUntil = Math.Min(validUntil, avoid);
            if (destination.State.Breaker.OverrideUntil is var forced && forced > now) validUntil = Math.Min(validUntil, forced);
        }

        var panic = all > 0 && healthy < config.PanicBelow * all;
        var tiers = Sort(service, now, panic, alsoAvoided: false);
        if (tiers.Length == 0) tiers = Sort(service, now, panic, alsoAvoided: true);
        return new EligibleSet
        {
            Tiers = tiers, Version = version, ValidUntil = validUntil, ReopensAt = reopensAt, SlowStartUntil = slowUntil, Panic = panic,
        };
    }

    private Tier[] Sort(ServiceModel service, long now, bool panic, bool alsoAvoided)
    {
        var levels = new SortedDictionary<int, Level>();
        foreach (var destination in service.Destinations)
        {
            var availability = Availability.Of(destination, now);
            if (availability.Reason == OffReason.Drained) continue;
            if (!levels.TryGetValue(destination.Config.Priority, out var level)) levels.Add(destination.Config.Priority, level = new Level());
            var on = (availability.On || (panic && availability.OffByHealth)) && (alsoAvoided || destination.State.Floor.AvoidUntil <= now);
            (IsOwnZone(destination) ? level.Own : level.Others).Add(destination, on);
        }

        return Share(levels.Values, service.Config.Balancing.SpillOverBelow);
    }

    /// <summary>
    /// Envoy's rule: a level with the healthy share h takes min(1, h / spillOverBelow) of the calls, the next level takes of the rest, and so on; when all
    /// levels together cannot take everything, they take it in proportion. Within a level the own zone is to the other zones what a level is to the next.
    /// </summary>
    private static Tier[] Share(IEnumerable<Level> levels, double spillOverBelow)
    {
        var tiers = new List<Tier>();
        double left = 1, sum = 0;
        foreach (var level in levels)
        {
            var share = Math.Min(left, Capacity(level.OnWeight, level.AllWeight, spillOverBelow));
            left -= share;
            var own = level.Others.On.Count == 0 ? 1 : Capacity(level.Own.OnWeight, level.Own.AllWeight, spillOverBelow);
            Append(level.Own, share * own);
            Append(level.Others, share * (1 - own));
        }

        for (var i = 0; i < tiers.Count; i++) tiers[i] = tiers[i] with { CumulativeShare = i == tiers.Count - 1 ? 1 : tiers[i].CumulativeShare / sum };
        return [.. tiers];

        void Append(Group group, double share)
        {
            if (group.On.Count == 0 || share <= 0) return;
            sum += share;
            tiers.Add(new Tier([.. group.On], sum));
        }
    }

    private static double Capacity(long on, long all, double spillOverBelow) =>
        on == 0 ? 0 : spillOverBelow <= 0 ? 1 : Math.Min(1, (double)on / all / spillOverBelow);

    // A destination that names no zone is as near as any.
    private bool IsOwnZone(DestinationModel destination) =>
        options.Zone is null || destination.Config.Zone is null || string.Equals(options.Zone, destination.Config.Zone, StringComparison.Ordinal);

    private sealed class Level
    {
        public Group Own { get; } = new();

        public Group Others { get; } = new();

        public long OnWeight => Own.OnWeight + Others.OnWeight;

        public long AllWeight => Own.AllWeight + Others.AllWeight;
    }

    private sealed class Group
    {
        public List<DestinationModel> On { get; } = [];

        public long OnWeight { get; private set; }

        public long AllWeight { get; private set; }

        public void Add(DestinationModel destination, bool on)
        {
            AllWeight += destination.Config.Weight;
            if (!on) return;
            OnWeight += destination.Config.Weight;
            On.Add(destination);
        }
    }
}
