namespace Tidegate.Insight.CallLog;

/// <summary>A free question in SQL over the views <c>calls</c> and <c>attempts</c>.</summary>
public sealed record SqlQuestion
{
    /// <summary>Most rows that can be asked for.</summary>
    public const int MostRows = 100_000;

    /// <summary>Longest time that can be asked for.</summary>
    public static readonly TimeSpan LongestLimit = TimeSpan.FromMinutes(1);

    /// <summary>One SELECT (or FROM, VALUES, DESCRIBE, SUMMARIZE) in the dialect of DuckDB.</summary>
    public required string Query { get; init; }

    /// <summary>Most rows answered, 1 to <see cref="MostRows"/>. Default 1,000.</summary>
    public int MaxRows { get; init; } = 1_000;

    /// <summary>Longest time it may take, up to <see cref="LongestLimit"/>. Default 10 s.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);
}
