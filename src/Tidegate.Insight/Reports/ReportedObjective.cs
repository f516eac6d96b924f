using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Reports;

/// <summary>An objective in a report. Its budget is the share of the month that may be bad, whatever its own window is.</summary>
public sealed record ReportedObjective
{
    /// <summary>Id of the objective.</summary>
    public required string Id { get; init; }

    /// <summary>What it is called for people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Service it is promised for.</summary>
    public required string Service { get; init; }

    /// <summary>What is good, for people.</summary>
    public required string Good { get; init; }

    /// <summary>Share that is promised.</summary>
    public required double Target { get; init; }

    /// <summary><c>met</c>, <c>missed</c> or <c>no_data</c>.</summary>
    public required string State { get; init; }

    /// <summary><c>events</c> or <c>slices</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>What counts.</summary>
    public required BudgetFigures Adjusted { get; init; }

    /// <summary>The same with what is excluded.</summary>
    public required BudgetFigures Raw { get; init; }

    /// <summary>Minutes that are over.</summary>
    public required long Minutes { get; init; }

    /// <summary>Those of which something is known.</summary>
    public required long MinutesWithData { get; init; }

    /// <summary>Each day.</summary>
    public required IReadOnlyList<BudgetDay> Days { get; init; }

    /// <summary>Pages that fired in the month.</summary>
    public required int Pages { get; init; }

    /// <summary>Tickets that fired in the month.</summary>
    public required int Tickets { get; init; }

    /// <summary>Percentiles, where its events have durations.</summary>
    public DurationFigures? Durations { get; init; }

    /// <summary>What used the budget, by several views; only those that know something.</summary>
    public IReadOnlyList<Attribution> UsedBy { get; init; } = [];
}
