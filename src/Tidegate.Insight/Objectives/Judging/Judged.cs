using System.Runtime.InteropServices;
using Tidegate.Core.Windows;

namespace Tidegate.Insight.Objectives.Judging;

/// <summary>What an objective's account said at a tick, but for its burn rates.</summary>
/// <param name="Now">The tick.</param>
/// <param name="Seen">What counts of the period.</param>
/// <param name="Raw">All of the period.</param>
/// <param name="Start">Beginning of the period.</param>
/// <param name="End">End of the period.</param>
/// <param name="Alerts">Ids of its alerts that fire.</param>
/// <param name="CoarseUntil">Until when slices are judged by stretches of history that are longer; null when none are.</param>
/// <param name="Trouble">Why its source delivers nothing; null when it is well.</param>
/// <param name="Reading">What of its past its source still brings; null when all is there.</param>
/// <param name="Latest">What is worth knowing about what it got last; null when nothing is.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Judged(
    DateTimeOffset Now, Tally Seen, Tally Raw, DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<string> Alerts, DateTimeOffset? CoarseUntil, string? Trouble, string? Reading, string? Latest)
{
    /// <summary>Why nothing was seen; null when there is nothing to say of that.</summary>
    public string? Empty { get; init; }
}
