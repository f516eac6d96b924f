namespace Tidegate.Platform.Audit;

/// <summary>Filters of the list; all that are given must match.</summary>
public sealed record AuditQuery
{
    /// <summary>Exact name of the actor.</summary>
    public string? Actor { get; init; }

    /// <summary>Exact action, or a prefix ending in <c>*</c>: <c>config.*</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Exact target, or a prefix ending in <c>*</c>: <c>key/*</c>.</summary>
    public string? Target { get; init; }

    /// <summary>Exact correlation id.</summary>
    public string? Correlation { get; init; }

    /// <summary>From this instant.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Newest first; only rows before this sequence.</summary>
    public long? Below { get; init; }

    /// <summary>Most rows returned, 1 to 500. Default 50.</summary>
    public int Limit { get; init; } = 50;
}
