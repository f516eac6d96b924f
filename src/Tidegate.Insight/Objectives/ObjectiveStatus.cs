namespace Tidegate.Insight.Objectives;

/// <summary>How an objective stands.</summary>
public sealed record ObjectiveStatus
{
    /// <summary>Id of the objective.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the SLO.</summary>
    public required string Slo { get; init; }

    /// <summary>Service it is promised for.</summary>
    public required string Service { get; init; }

    /// <summary>What it is called for people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What is good, for people.</summary>
    public required string Good { get; init; }

    /// <summary><c>ok</c>, <c>burning</c> (an alert fires), <c>exhausted</c>, <c>no_data</c>, <c>reading</c> while it is not judged yet: its history is not read, or its source still brings it; <c>not_judged</c>: nothing can be made of the SLO.</summary>
    public required string State { get; init; }

    /// <summary>Why there is no data, why it is not judged, or why history is not or not yet read; empty otherwise.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Share that is promised.</summary>
    public required double Target { get; init; }

    /// <summary>Share of the period that was good; null when nothing was seen.</summary>
    public double? Ratio { get; init; }

    /// <summary>The same with what is excluded; equal where nothing is.</summary>
    public double? RawRatio { get; init; }

    /// <summary>Share of the budget that would be left if nothing was excluded.</summary>
    public double? RawBudgetLeft { get; init; }

    /// <summary>What does not count: each exclusion with its reason and author.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>Interval that holds the true share with 95 % confidence.</summary>
    public RatioInterval? Confidence { get; init; }

    /// <summary>Bad and all, in the budget's unit.</summary>
    public required double Bad { get; init; }

    /// <summary>All, in the budget's unit.</summary>
    public required double Total { get; init; }

    /// <summary><c>events</c> or <c>slices</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Share of the error budget that is left: 1 untouched, below 0 overrun; null when nothing was seen.</summary>
    public double? BudgetLeft { get; init; }

    /// <summary>What may still be bad: events, or slices, at the traffic seen so far.</summary>
    public double? BudgetLeftUnits { get; init; }

    /// <summary>The same as minutes of total outage of the period.</summary>
    public double? BudgetLeftMinutes { get; init; }

    /// <summary>Time until the budget is used up at the burn of the last hour, in seconds; null when it does not end.</summary>
    public double? ExhaustedInSeconds { get; init; }

    /// <summary>Burn rate by window: of the last hour under <c>1h</c>; those of alerts, and the period.</summary>
    public required IReadOnlyDictionary<string, double?> Burn { get; init; }

    /// <summary>From when the period counts.</summary>
    public required DateTimeOffset PeriodStart { get; init; }

    /// <summary>Until when; now for rolling periods.</summary>
    public required DateTimeOffset PeriodEnd { get; init; }

    /// <summary>Slices of the period before it have the ratio of the five minutes or the hour they lie in: history that old is kept no finer. Null: there are none.</summary>
    public DateTimeOffset? CoarseUntil { get; init; }

    /// <summary>Ids of the alerts that fire.</summary>
    public IReadOnlyList<string> Alerts { get; init; } = [];
}
