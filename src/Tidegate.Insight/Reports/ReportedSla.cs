using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Reports;

/// <summary>An agreement in a report.</summary>
public sealed record ReportedSla
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is called for people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>To whom it was promised; may be empty.</summary>
    public required string Customer { get; init; }

    /// <summary>Id of the objective it is measured by; empty when there is none that is judged.</summary>
    public required string Objective { get; init; }

    /// <summary>Share that was promised.</summary>
    public required double Target { get; init; }

    /// <summary>Share that the objective aims at; null without an objective.</summary>
    public double? ObjectiveTarget { get; init; }

    /// <summary>How much stricter the objective is, in minutes of outage of the month; below 0 when it is laxer, and keeps nothing.</summary>
    public double? BufferMinutes { get; init; }

    /// <summary>Share of the agreement's own budget below which it is at risk.</summary>
    public required double Buffer { get; init; }

    /// <summary><c>met</c>, <c>at_risk</c>, <c>broken</c> or <c>no_data</c>.</summary>
    public required string State { get; init; }

    /// <summary>What counts, against the agreement's target.</summary>
    public BudgetFigures? Adjusted { get; init; }

    /// <summary>The same with what is excluded.</summary>
    public BudgetFigures? Raw { get; init; }

    /// <summary>Minutes that are over, and of which something is known.</summary>
    public long MinutesWithData { get; init; }

    /// <summary>Minutes that are over.</summary>
    public long Minutes { get; init; }

    /// <summary>What happens when it is broken, in the words of the agreement; may be empty.</summary>
    public required string Penalty { get; init; }

    /// <summary>Why there are no figures; empty otherwise.</summary>
    public string Reason { get; init; } = "";
}
