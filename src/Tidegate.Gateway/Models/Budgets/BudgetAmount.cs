using System.Runtime.InteropServices;

namespace Tidegate.Gateway.Models.Budgets;

/// <summary>Tokens and money, both whole numbers, so that sums are exact.</summary>
/// <param name="Tokens">Input and output.</param>
/// <param name="Nanos">Billionths of the budget's currency.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BudgetAmount(long Tokens, long Nanos)
{
    // A provider can claim any number: what it claims must not turn a sum around. Far above every limit a document may set.
    private const long Most = long.MaxValue / 4;

    /// <summary>Both added up.</summary>
    public static BudgetAmount operator +(BudgetAmount a, BudgetAmount b) => new(Sum(a.Tokens, b.Tokens), Sum(a.Nanos, b.Nanos));

    /// <summary>What is left of each; never below 0.</summary>
    public static BudgetAmount operator -(BudgetAmount a, BudgetAmount b) => new(Math.Max(0, a.Tokens - b.Tokens), Math.Max(0, a.Nanos - b.Nanos));

    /// <summary>The smaller of each.</summary>
    public static BudgetAmount Least(BudgetAmount a, BudgetAmount b) => new(Math.Min(a.Tokens, b.Tokens), Math.Min(a.Nanos, b.Nanos));

    private static long Sum(long a, long b) => Math.Min(Math.Clamp(a, 0, Most) + Math.Clamp(b, 0, Most), Most);
}
