namespace Tidegate.Insight.CallLog;

/// <summary>A question for single calls, newest first.</summary>
public sealed record CallQuery
{
    /// <summary>Calls that began at this time or later; null: from the oldest kept.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Calls that began before this time; null: to now.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Which of them. Default all.</summary>
    public CallFilter Filter { get; init; } = CallFilter.All;

    /// <summary>Most calls on the page, 1 to 1,000. Default 100.</summary>
    public int Limit { get; init; } = 100;

    /// <summary><see cref="CallPage.Next"/> of the page before; null for the first.</summary>
    public string? Cursor { get; init; }
}
