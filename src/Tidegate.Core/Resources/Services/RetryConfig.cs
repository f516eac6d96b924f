using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Services;

/// <summary>Retries: only what is safe (idempotent methods, an <c>Idempotency-Key</c>, or nothing sent yet), and only within the budget.</summary>
public sealed record RetryConfig
{
    /// <summary>Most attempts per call, the first included; shared by retries, hedges and a fallback service, which keeps one for itself. Default 3; 1 means none.</summary>
    [Range(1, 10)]
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Statuses worth another attempt. Default 502, 503, 504. Transport failures always are; 429 is when <c>Retry-After</c> fits the deadline.</summary>
    public IReadOnlyList<int> Statuses { get; init; } = [502, 503, 504];

    /// <summary>First backoff; grows exponentially, with full jitter. Default 25 ms.</summary>
    [DurationRange("0s", "1m")]
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromMilliseconds(25);

    /// <summary>Longest backoff. Default 1 s.</summary>
    [DurationRange("0s", "5m")]
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Retries and hedges allowed as a share of recent calls of the service. Default 0.2.</summary>
    [Range(0.0, 1.0)]
    public double BudgetRatio { get; init; } = 0.2;

    /// <summary>Retries per second allowed however few calls there are. Default 3.</summary>
    [Range(0, 10000)]
    public int BudgetMinimumPerSecond { get; init; } = 3;

    /// <summary>Request bodies up to this size are kept for another attempt. Default 64 KiB; larger ones are sent once.</summary>
    [ByteSize]
    [Range(0, 16777216)]
    public long BufferBody { get; init; } = 65536;
}
