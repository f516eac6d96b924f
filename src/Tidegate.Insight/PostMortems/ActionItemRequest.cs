namespace Tidegate.Insight.PostMortems;

/// <summary>An action item that somebody adds.</summary>
public sealed record ActionItemRequest
{
    /// <summary>What is to be done. At most 300 characters.</summary>
    public required string Title { get; init; }

    /// <summary>How soon. Default <c>p2</c>.</summary>
    public ActionPriority Priority { get; init; } = ActionPriority.P2;

    /// <summary>Who sees to it. Default: nobody yet. At most 100 characters.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Until when: <c>2026-12-10</c>. Default: not said.</summary>
    public DateOnly? Due { get; init; }
}
