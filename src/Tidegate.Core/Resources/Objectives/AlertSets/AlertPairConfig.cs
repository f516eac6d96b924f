using Tidegate.Core.Resources.OpenSlo;

namespace Tidegate.Core.Resources.Objectives.AlertSets;

/// <summary>A long and a short window with one burn rate. It alerts while both burn at least so fast.</summary>
public sealed record AlertPairConfig
{
    /// <summary>How urgent: <c>page</c> or <c>ticket</c>.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>The long window, such as <c>1h</c>.</summary>
    public required DurationShorthand Long { get; init; }

    /// <summary>The short window, such as <c>5m</c>: below <see cref="Long"/>; usual is a twelfth.</summary>
    public required DurationShorthand Short { get; init; }

    /// <summary>Burn rate: 1 uses the budget up in exactly its window. Either this or <see cref="BudgetShare"/>.</summary>
    public decimal? Burn { get; init; }

    /// <summary>Share of the budget that is gone when it alerts, above 0 and at most 1: the burn rate follows from the objective's window.</summary>
    public decimal? BudgetShare { get; init; }
}
