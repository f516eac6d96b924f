using System.Runtime.InteropServices;

namespace Tidegate.Gateway.Models.Budgets;

/// <summary>How much of each may be used in a window; <see cref="long.MaxValue"/> where there is no limit.</summary>
/// <param name="Most">What calls are refused at.</param>
/// <param name="Soft">What is told of.</param>
/// <param name="SoftShare">The same as a share of the most.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BudgetLimits(BudgetAmount Most, BudgetAmount Soft, double SoftShare)
{
    /// <summary>True when so much stays within the limits.</summary>
    public bool Admits(BudgetAmount sum) => sum.Tokens <= Most.Tokens && sum.Nanos <= Most.Nanos;

    /// <summary>True when so much is worth telling.</summary>
    public bool IsSoft(BudgetAmount sum) => sum.Tokens >= Soft.Tokens || sum.Nanos >= Soft.Nanos;
}
