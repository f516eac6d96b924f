using Tidegate.Core.Windows;

namespace Tidegate.Insight.Objectives;

/// <summary>A pair of windows and what it is worth.</summary>
/// <param name="Severity">How urgent.</param>
/// <param name="Pair">Windows and burn rate.</param>
public sealed record AlertRule(AlertSeverity Severity, BurnPair Pair);
