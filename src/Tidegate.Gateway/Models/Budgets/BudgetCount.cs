using System.Runtime.InteropServices;

namespace Tidegate.Gateway.Models.Budgets;

/// <summary>An account at a moment.</summary>
/// <param name="Start">Begin of the window, UTC.</param>
/// <param name="End">Instant at which it starts over, UTC.</param>
/// <param name="Used">Settled in this window.</param>
/// <param name="Reserved">Held for calls that are under way.</param>
/// <param name="UnknownCost">Attempts in this window whose cost is not known in the budget's currency.</param>
/// <param name="Refused">Calls refused in this window.</param>
/// <param name="SoftShareTold">The soft limit, as a share, that has been told of last in this window; 0 for none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BudgetCount(DateTime Start, DateTime End, BudgetAmount Used, BudgetAmount Reserved, long UnknownCost, long Refused, double SoftShareTold);
