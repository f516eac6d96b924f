namespace Tidegate.Insight.Objectives;

/// <summary>What used the budget of an objective in a time. The parts, those not listed and the rest together are the whole.</summary>
public sealed record Attribution
{
    /// <summary>Id of the objective.</summary>
    public required string Objective { get; init; }

    /// <summary>What it is split by.</summary>
    public required string By { get; init; }

    /// <summary>Beginning of the time.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Its end.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary><c>events</c> or <c>slices</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>All that was used in the time, with its key empty.</summary>
    public required AttributionPart Whole { get; init; }

    /// <summary>What each value used, most first.</summary>
    public required IReadOnlyList<AttributionPart> Parts { get; init; }

    /// <summary>What the values that are not listed used together; null when all are.</summary>
    public AttributionPart? Others { get; init; }

    /// <summary>What belongs to no value, or of which it is not known.</summary>
    public required AttributionPart Rest { get; init; }

    /// <summary>
    /// Where the values come from: <c>series</c> (exact counts of each value), <c>call_log</c> (calls on record, some of which may have been dropped or be gone), <c>times</c> (exact counts of the
    /// times), or <c>none</c>.
    /// </summary>
    public required string Source { get; init; }

    /// <summary>Share of what was bad of which the value is on record, 0 to 1; null when nothing was bad.</summary>
    public double? Known { get; init; }

    /// <summary>What is not known, and why; empty when nothing is missing.</summary>
    public string Reason { get; init; } = "";
}
