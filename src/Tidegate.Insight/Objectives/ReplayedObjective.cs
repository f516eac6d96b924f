namespace Tidegate.Insight.Objectives;

/// <summary>An objective over recorded history.</summary>
public sealed record ReplayedObjective
{
    /// <summary>Id of the objective.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the SLO.</summary>
    public required string Slo { get; init; }

    /// <summary>What it is called for people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What is good, for people.</summary>
    public required string Good { get; init; }

    /// <summary>Share that would be promised.</summary>
    public required double Target { get; init; }

    /// <summary>Why there is no history, or what of it is missing; empty when nothing is.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What it was replayed over, oldest first; empty when there is no history.</summary>
    public IReadOnlyList<ReplayedHistory> History { get; init; } = [];

    /// <summary>Minutes with events, of all the minutes of the time.</summary>
    public long MinutesWithData { get; init; }

    /// <summary>All minutes of the time.</summary>
    public long Minutes { get; init; }

    /// <summary><c>events</c> or <c>slices</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Bad ones in the period that ends with the time.</summary>
    public double Bad { get; init; }

    /// <summary>All of them.</summary>
    public double Total { get; init; }

    /// <summary>Share of the period that was good at the end; null when nothing was seen.</summary>
    public double? Ratio { get; init; }

    /// <summary>Share of the budget left at the end; null when nothing was seen.</summary>
    public double? BudgetLeft { get; init; }

    /// <summary>The same if nothing was excluded; equal where nothing is.</summary>
    public double? RawBudgetLeft { get; init; }

    /// <summary>Least share of the budget that was left at any time; null when nothing was seen.</summary>
    public double? LeastBudgetLeft { get; init; }

    /// <summary>What does not count: each exclusion with its reason and author.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>What would have alerted, oldest first.</summary>
    public IReadOnlyList<ReplayedAlert> WouldHave { get; init; } = [];

    /// <summary>What did alert on the same indicator, oldest first.</summary>
    public IReadOnlyList<ReplayedAlert> Did { get; init; } = [];
}
