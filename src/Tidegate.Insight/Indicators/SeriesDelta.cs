using Tidegate.Core.Windows;

namespace Tidegate.Insight.Indicators;

/// <summary>What came to a series.</summary>
/// <param name="Series">Name of the series.</param>
/// <param name="At">When it happened.</param>
/// <param name="Events">Bad and all events; below zero where a source took back what it had said.</param>
/// <param name="Step">Length of the stretch from then on in which it happened, as far as that is known; zero: at that moment.</param>
public readonly record struct SeriesDelta(string Series, DateTimeOffset At, Tally Events, TimeSpan Step = default);
