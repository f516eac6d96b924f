namespace Tidegate.Insight.CallLog;

/// <summary>A question for numbers over time.</summary>
public sealed record CallSeriesQuery
{
    /// <summary>Most points of all series together: more than a screen or a program can use.</summary>
    public const int MaxPoints = 50_000;

    /// <summary>Begin. Rounded down to a step.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Length of a step, from 1 ms; steps begin at multiples of it since 1970 UTC. Null: chosen so that there are about 60.</summary>
    public TimeSpan? Step { get; init; }

    /// <summary>Which calls. Default all.</summary>
    public CallFilter Filter { get; init; } = CallFilter.All;

    /// <summary>Dimension: one series per value; null for one series of all calls.</summary>
    public string? By { get; init; }

    /// <summary>Most series; the rest, those with fewer calls, are one more series. Default 10, at most 100.</summary>
    public int Limit { get; init; } = 10;
}
