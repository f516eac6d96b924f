namespace Tidegate.Insight.CallLog;

/// <summary>A question for how many calls there were, and how many of them were bad, over time or by a dimension. Mirrored calls are nobody's and never counted.</summary>
public sealed record CallCountQuery
{
    /// <summary>Most rows of an answer.</summary>
    public const int MaxRows = 250_000;

    /// <summary>Calls that began at this time or later.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Calls that began before this time.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Which calls. Default all.</summary>
    public CallFilter All { get; init; } = CallFilter.All;

    /// <summary>Which of them are bad.</summary>
    public required CallFilter Bad { get; init; }

    /// <summary>Length of a step, from 1 s; steps begin at multiples of it since 1970 UTC. Null: the whole time is one.</summary>
    public TimeSpan? Step { get; init; }

    /// <summary>Dimension; null: all calls together.</summary>
    public string? By { get; init; }
}
