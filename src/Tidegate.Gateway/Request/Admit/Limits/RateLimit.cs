using System.Text;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>A limit on calls per time with its counts. Kept by the next snapshot while its configuration is the same.</summary>
internal sealed class RateLimit
{
    private readonly Partitions<RateCount> _counts;

    public RateLimit(string name, LimitConfig config, TimeProvider time)
    {
        Name = name;
        Config = config;
        Quota = config.Algorithm == LimitAlgorithm.TokenBucket && config.Burst > 0 ? config.Burst : config.Calls;
        Quoted = Quote(name);
        Policy = $"{Quoted};q={config.Calls};w={Math.Max(1, (long)Math.Ceiling(config.Per.TotalSeconds))}";
        _counts = new Partitions<RateCount>(RateAlgorithm.For(config, time), static (count, now) => count.TryRetire(now), Ticks.Of(time, TimeSpan.FromSeconds(1)));
    }

    /// <summary>Name in errors, headers and the call log.</summary>
    public string Name { get; }

    /// <summary>The name as a structured field's string (RFC 9651 §3.3.3).</summary>
    public string Quoted { get; }

    /// <summary>What the document says.</summary>
    public LimitConfig Config { get; }

    /// <summary>Calls that may go at once when nobody has called.</summary>
    public long Quota { get; }

    /// <summary>Its item in <c>RateLimit-Policy</c>.</summary>
    public string Policy { get; }

    /// <summary>Counts the call if it may go.</summary>
    public Decision Take(GatewayCall call, long now)
    {
        var key = Partitioning.KeyOf(call, Config.By, Config.Header);
        while (true)
        {
            var count = _counts.Of(key, now);
            if (count.TryTake(now, out var decision)) return decision;
            _counts.Drop(key, count); // retired between the two: its successor counts
        }
    }

    /// <summary>Takes back what <see cref="Take"/> counted.</summary>
    public void GiveBack(GatewayCall call, long takenAt) => _counts.Of(Partitioning.KeyOf(call, Config.By, Config.Header), takenAt).GiveBack(takenAt);

    private static string Quote(string name)
    {
        var text = new StringBuilder("\"");
        foreach (var c in name)
        {
            if (c is '"' or '\\') text.Append('\\');
            text.Append(c is >= ' ' and <= '~' ? c : '_');
        }

        return text.Append('"').ToString();
    }
}
