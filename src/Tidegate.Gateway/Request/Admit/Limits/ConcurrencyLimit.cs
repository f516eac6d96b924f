using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>A limit on calls in flight with its counts. Kept by the next snapshot while its configuration is the same.</summary>
internal sealed class ConcurrencyLimit(string name, ConcurrencyLimitConfig config, TimeProvider time) : Partitions<ConcurrencyCount>(Ticks.Of(time, TimeSpan.FromSeconds(1)))
{
    /// <summary>Name in errors and the call log.</summary>
    public string Name { get; } = name;

    /// <summary>What the document says.</summary>
    public ConcurrencyLimitConfig Config { get; } = config;

    /// <summary>Takes a place for the call, to be given back at its end; false when there is none.</summary>
    public bool TryEnter(GatewayCall call, long now)
    {
        var key = Partitioning.KeyOf(call, Config.By, Config.Header);
        while (true)
        {
            var count = Of(key, now);
            switch (count.TryEnter())
            {
                case true:
                    call.Leases.Add(count);
                    return true;
                case false:
                    return false;
                default:
                    Drop(count);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    protected override ConcurrencyCount Create(in PartitionKey key) => new(key, Config.Max);

    /// <inheritdoc/>
    protected override bool TryRetire(ConcurrencyCount count, long now) => count.TryRetire();
}
