using System.Runtime.InteropServices;

namespace Tidegate.Operations.Delivery.Canary;

/// <summary>Calls and how many of them failed.</summary>
/// <param name="Bad">Failed.</param>
/// <param name="All">All.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FailureCount(long Bad, long All)
{
    /// <summary>Share of failed ones; null without calls.</summary>
    public double? Ratio => All == 0 ? null : (double)Bad / All;

    /// <summary>What came since an earlier count; nothing where the log has forgotten some.</summary>
    public FailureCount Since(FailureCount before)
    {
        var all = Math.Max(0, All - before.All);
        return new(Math.Clamp(Bad - before.Bad, 0, all), all);
    }
}
