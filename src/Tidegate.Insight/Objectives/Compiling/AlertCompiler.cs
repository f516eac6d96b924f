using Tidegate.Core.Resources.Objectives.Alerts;
using Tidegate.Core.Resources.Objectives.AlertSets;

namespace Tidegate.Insight.Objectives.Compiling;

/// <summary>Makes rules of what documents say of alerts, in whichever of the ways they say it.</summary>
internal static class AlertCompiler
{
    // OpenSLO has no words of its own for severities: these are the ones people use for what wakes somebody.
    private static readonly string[] Urgent = ["page", "critical", "high", "p1", "p0", "sev1"];

    /// <summary>Added to the shortest window before silence is an alert: the <c>for</c> of exported Prometheus rules.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    public static AlertRules Of(IReadOnlyList<ResolvedAlert> alerts) => new() { Rules = Rules(alerts), NoData = NoData(alerts) };

    public static IReadOnlyList<AlertRule> Rules(IReadOnlyList<ResolvedAlert> alerts) =>
    [
        .. alerts.Where(a => a.WhenBreaching).Select(a => new AlertRule(SeverityOf(a.Severity), a.Pair)
        {
            ClearOnLong = a.ClearOn == AlertClearing.Long, MinEvents = a.MinEvents, Confidence = a.Confidence, After = a.After, Targets = string.Join(',', a.Targets),
        }).OrderBy(r => r.Severity).ThenBy(r => r.Pair.Long),
    ];

    private static NoDataRule? NoData(IReadOnlyList<ResolvedAlert> alerts)
    {
        var asked = alerts.Where(a => a.WhenNoData).ToList();
        return asked.Count == 0 ? null : new NoDataRule(
            asked.Min(a => SeverityOf(a.Severity)), alerts.Min(a => a.Pair.Short) + Silence, string.Join(',', asked.SelectMany(a => a.Targets).Distinct(StringComparer.Ordinal)));
    }

    private static AlertSeverity SeverityOf(string word) => Urgent.Contains(word, StringComparer.OrdinalIgnoreCase) ? AlertSeverity.Page : AlertSeverity.Ticket;
}
