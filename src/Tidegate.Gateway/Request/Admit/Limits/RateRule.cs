using System.Text;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>What a limit on calls per time says. Limits that say the same share it.</summary>
internal sealed class RateRule
{
    private readonly Func<PartitionKey, RateCount> _create;

    public RateRule(string name, LimitConfig config, TimeProvider time)
    {
        Name = name;
        Config = config;
        Quota = config.Algorithm == LimitAlgorithm.TokenBucket && config.Burst > 0 ? config.Burst : config.Calls;
        Quoted = Quote(name);
        Policy = $"{Quoted};q={config.Calls};w={Math.Max(1, (long)Math.Ceiling(config.Per.TotalSeconds))}";
        _create = RateAlgorithm.For(config, time);
        SweepInterval = Ticks.Of(time, TimeSpan.FromSeconds(1));
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

    /// <summary>Timestamp units between two looks for counts that are not needed.</summary>
    public long SweepInterval { get; }

    /// <summary>A new count.</summary>
    public RateCount Create(in PartitionKey key) => _create(key);

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
