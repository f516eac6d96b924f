namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>A limit on calls per time with its counts. Kept by the next snapshot while its rule is the same.</summary>
internal sealed class RateLimit(RateRule rule) : Partitions<RateCount>(rule.SweepInterval)
{
    /// <summary>What it says.</summary>
    public RateRule Rule { get; } = rule;

    /// <summary>Counts the call if it may go.</summary>
    public Decision Take(GatewayCall call, long now)
    {
        var key = Partitioning.KeyOf(call, Rule.Config.By, Rule.Config.Header);
        while (true)
        {
            var count = Of(key, now);
            if (count.TryTake(now, out var decision)) return decision;
            Drop(count); // retired between the two: its successor counts
        }
    }

    /// <summary>Takes back what <see cref="Take"/> counted.</summary>
    public void GiveBack(GatewayCall call, long takenAt) => Of(Partitioning.KeyOf(call, Rule.Config.By, Rule.Config.Header), takenAt).GiveBack(takenAt);

    /// <inheritdoc/>
    protected override RateCount Create(in PartitionKey key) => Rule.Create(key);

    /// <inheritdoc/>
    protected override bool TryRetire(RateCount count, long now) => count.TryRetire(now);
}
