namespace Tidegate.Core.Ports;

/// <summary>What was counted against a budget, as it outlives a restart.</summary>
/// <param name="Budget">Name and calendar of the budget: one whose calendar or currency has changed is another.</param>
/// <param name="Part">Who has this count; empty when all share it.</param>
/// <param name="Start">Begin of the window.</param>
/// <param name="Tokens">Tokens used.</param>
/// <param name="Nanos">Money used, in billionths of the currency.</param>
/// <param name="UnknownCost">Attempts of unknown cost.</param>
/// <param name="Refused">Calls refused.</param>
public sealed record SavedBudget(string Budget, string Part, DateTimeOffset Start, long Tokens, long Nanos, long UnknownCost, long Refused)
{
    /// <summary>The soft limit, as a share, that has been told of last; 0 for none.</summary>
    public double SoftShare { get; init; }
}
