namespace Tidegate.Operations.Remediation;

/// <summary>How an error budget policy stands.</summary>
public sealed record PolicyStatus
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary><c>watching</c>, <c>acting</c> (one of its rules is active), <c>dry_run</c> or <c>expired</c>.</summary>
    public required string State { get; init; }

    /// <summary>Ids of the objectives it looks at; those that are judged.</summary>
    public IReadOnlyList<string> Objectives { get; init; } = [];

    /// <summary>From when it does nothing any more; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Overlays that it made in the last hour, of at most <see cref="OverlaysPerHour"/>.</summary>
    public int OverlaysLastHour { get; init; }

    /// <summary>Most overlays in an hour.</summary>
    public int OverlaysPerHour { get; init; }

    /// <summary>Its rules, in their order.</summary>
    public IReadOnlyList<RuleStatus> Rules { get; init; } = [];
}
