namespace Tidegate.Insight.Reports;

/// <summary>What a report is about.</summary>
public enum ReportKind
{
    /// <summary>Error budgets: what was used, when and by what.</summary>
    Budget,

    /// <summary>What was promised to somebody, and whether it was kept.</summary>
    Sla,

    /// <summary>All that a review of a month's reliability looks at.</summary>
    Monthly,
}
