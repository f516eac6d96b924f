namespace Tidegate.Core.Windows;

/// <summary>
/// Bad and all, in the unit of a budget: events for Occurrences, slices for the other two. Doubles, because shares of slices are no whole numbers; sums of
/// events stay exact up to 2^53.
/// </summary>
/// <param name="Bad">What used budget; 0 to <paramref name="Total"/>.</param>
/// <param name="Total">All of it; 0 means nothing is known, which is never good.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct Tally(double Bad, double Total)
{
    /// <summary>Nothing seen.</summary>
    public static Tally None => default;

    /// <summary>True when nothing was seen: a state of its own, neither good nor bad.</summary>
    public bool IsEmpty => Total <= 0;

    /// <summary>Share that was bad, 0 to 1; null when nothing was seen.</summary>
    public double? ErrorRatio => IsEmpty ? null : Math.Clamp(Bad / Total, 0, 1);

    /// <summary>Sum.</summary>
    public static Tally operator +(Tally left, Tally right) => new(left.Bad + right.Bad, left.Total + right.Total);

    /// <summary>Difference.</summary>
    public static Tally operator -(Tally left, Tally right) => new(left.Bad - right.Bad, left.Total - right.Total);

    /// <summary>Sum.</summary>
    public static Tally Add(Tally left, Tally right) => left + right;

    /// <summary>Difference.</summary>
    public static Tally Subtract(Tally left, Tally right) => left - right;
}
