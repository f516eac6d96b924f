using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Services;

/// <summary>What protects callers from a bad upstream, and the upstream from too many callers.</summary>
public sealed record ResilienceConfig
{
    /// <summary>Deadline of the whole call until its response headers, over all attempts. Default 30 s. Streams may run longer: see <see cref="IdleTimeout"/>.</summary>
    [DurationRange("1ms", "1d")]
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest single attempt until its response headers. Default 0: what is left of the deadline.</summary>
    [DurationRange("0s", "1d")]
    public TimeSpan AttemptTimeout { get; init; }

    /// <summary>Longest wait for a connection. Default 5 s.</summary>
    [DurationRange("1ms", "5m")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest silence of a body or stream in both directions. Default 100 s.</summary>
    [DurationRange("10ms", "1d")]
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Second tries.</summary>
    public RetryConfig Retry { get; init; } = new();

    /// <summary>Breaker per destination; null switches it off.</summary>
    public BreakerConfig? Breaker { get; init; } = new();

    /// <summary>Cap on calls in flight to this service; null (default) means none.</summary>
    public BulkheadConfig? Bulkhead { get; init; }

    /// <summary>A second attempt beside a slow first one; null (default) means none.</summary>
    public HedgingConfig? Hedging { get; init; }

    /// <summary>A concurrency limit that finds itself; null (default) means none.</summary>
    public AdaptiveConcurrencyConfig? AdaptiveConcurrency { get; init; }

    /// <summary>What callers get when no attempt succeeded; null (default): the error.</summary>
    public FallbackConfig? Fallback { get; init; }
}
