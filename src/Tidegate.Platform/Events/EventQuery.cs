namespace Tidegate.Platform.Events;

/// <summary>Filters of the list; all that are given must match.</summary>
public sealed record EventQuery
{
    /// <summary>Exact type, or a prefix ending in <c>*</c>: <c>objectives.*</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Exact subject, or a prefix ending in <c>*</c>: <c>slo/*</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>From this instant.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Newest first; only events before this sequence.</summary>
    public long? Below { get; init; }

    /// <summary>Most events returned, 1 to 500. Default 50.</summary>
    public int Limit { get; init; } = 50;
}
