namespace Tidegate.Insight.CallLog;

/// <summary>A question for the values of a dimension that stand out.</summary>
public sealed record CallTopQuery
{
    /// <summary>Calls that began at this time or later; null: from the oldest kept.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Calls that began before this time; null: to now.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Which calls. Default all.</summary>
    public CallFilter Filter { get; init; } = CallFilter.All;

    /// <summary>The dimension.</summary>
    public required string By { get; init; }

    /// <summary>What puts a value first: one of <see cref="CallMeasures.Words"/>. Default <c>count</c>.</summary>
    public string Measure { get; init; } = "count";

    /// <summary>Most values, 1 to 1,000. Default 10.</summary>
    public int Limit { get; init; } = 10;
}
