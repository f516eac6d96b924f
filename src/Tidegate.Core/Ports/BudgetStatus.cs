namespace Tidegate.Core.Ports;

/// <summary>One count of a budget, as this node has it.</summary>
/// <param name="Budget">Name in the document.</param>
/// <param name="Each">Who has a count of its own: <c>all</c>, <c>consumer</c>, <c>team</c>, <c>key</c>, <c>model</c>, <c>prompt</c>.</param>
/// <param name="Part">Name of that one; empty when all share one count, and for callers without one.</param>
/// <param name="Window"><c>minute</c>, <c>hour</c>, <c>day</c>, <c>week</c> or <c>month</c>.</param>
/// <param name="Zone">Time zone of its calendar.</param>
/// <param name="StartedAt">Begin of the window.</param>
/// <param name="ResetsAt">Instant at which it starts over.</param>
/// <param name="Tokens">Its tokens; null when they are not limited.</param>
/// <param name="Cost">Its money; null when it is not limited.</param>
/// <param name="UnknownCost">Attempts in this window whose cost is not known, or in another currency.</param>
/// <param name="Refused">Calls refused in this window.</param>
/// <param name="SoftReached">What is used in this window has reached the soft limit.</param>
public sealed record BudgetStatus(
    string Budget, string Each, string Part, string Window, string Zone, DateTimeOffset StartedAt, DateTimeOffset ResetsAt,
    BudgetTokens? Tokens, BudgetMoney? Cost, long UnknownCost, long Refused, bool SoftReached)
{
    /// <summary>Share of the limit that is told of, 0 to 1; 1 for none.</summary>
    public double SoftLimit { get; init; } = 1;
}

/// <summary>Tokens of a budget.</summary>
/// <param name="Limit">Most in a window.</param>
/// <param name="Used">Settled in this window.</param>
/// <param name="Reserved">Held for calls under way.</param>
/// <param name="Left">What another call could have.</param>
public sealed record BudgetTokens(long Limit, long Used, long Reserved, long Left);

/// <summary>Money of a budget.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Limit">Most in a window.</param>
/// <param name="Used">Settled in this window.</param>
/// <param name="Reserved">Held for calls under way.</param>
/// <param name="Left">What another call could have.</param>
public sealed record BudgetMoney(string Currency, decimal Limit, decimal Used, decimal Reserved, decimal Left);
