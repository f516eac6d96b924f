namespace Tidegate.Insight.CallLog;

/// <summary>A question for the durations of some calls out of many, chosen evenly.</summary>
public sealed record CallSampleQuery
{
    /// <summary>Calls that began at this time or later; null: from the oldest kept.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Calls that began before this time; null: to now.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Which calls. Default all.</summary>
    public CallFilter Filter { get; init; } = CallFilter.All;

    /// <summary>Most durations, 1 to 10,000. Default 5,000.</summary>
    public int Limit { get; init; } = 5_000;
}
