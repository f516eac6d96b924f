using System.Runtime.InteropServices;
using Tidegate.Core.Windows;

namespace Tidegate.Insight.Indicators;

/// <summary>What a series counted in a stretch of time.</summary>
/// <param name="Start">Its beginning.</param>
/// <param name="Step">Its length: within it nothing is known of when.</param>
/// <param name="Events">Bad and all events.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SeriesStretch(DateTimeOffset Start, TimeSpan Step, Tally Events)
{
    /// <summary>Its end.</summary>
    public DateTimeOffset End => Start + Step;
}
