using Tidegate.Core.Resources.Objectives.AlertSets;

namespace Tidegate.Insight.Objectives;

/// <summary>That nothing is known is an alert, too: OpenSLO's <c>alertWhenNoData</c>.</summary>
/// <param name="Severity">How urgent.</param>
/// <param name="Window">How long there must have been no event: ten minutes more than the shortest window of the objective's pairs, as in exported Prometheus rules.</param>
/// <param name="Targets">Names of the targets that are told, separated by commas. Empty: every target whose own rules fit.</param>
public sealed record NoDataRule(AlertSeverity Severity, TimeSpan Window, string Targets);
