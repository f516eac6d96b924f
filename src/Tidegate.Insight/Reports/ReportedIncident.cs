namespace Tidegate.Insight.Reports;

/// <summary>An incident in a report.</summary>
public sealed record ReportedIncident
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What it was.</summary>
    public required string Title { get; init; }

    /// <summary><c>sev1</c> to <c>sev4</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>When users began to be hurt.</summary>
    public required DateTimeOffset ImpactStart { get; init; }

    /// <summary>When it was noticed: the first of its alerts, or when it was opened.</summary>
    public required DateTimeOffset DetectedAt { get; init; }

    /// <summary>When somebody was told: by the first message about one of its alerts, or by the program outside that paged and knows who took care; null when that is not known.</summary>
    public DateTimeOffset? NotifiedAt { get; init; }

    /// <summary>When somebody said that they take care of it; null when nobody did.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>When users were hurt no more: the last of its alerts ended. Null while one fires, and where it has none.</summary>
    public DateTimeOffset? MitigatedAt { get; init; }

    /// <summary>When it was closed; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Share of each objective's budget that it used.</summary>
    public required IReadOnlyDictionary<string, double> BudgetUsed { get; init; }

    /// <summary>How its post-mortem stands: <c>due</c> (mandatory, and not written or without an action item of priority P0), <c>written</c>, <c>begun</c>; empty when nobody has begun one.</summary>
    public string PostMortem { get; init; } = "";
}
