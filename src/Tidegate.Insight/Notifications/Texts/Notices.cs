using System.Globalization;
using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Notifications.Texts;

/// <summary>Makes a notice of an alert.</summary>
internal static class Notices
{
    public static AlertNotice Of(Alert alert) => alert.Origin == Alert.Own ? OfObjective(alert) : FromOutside(alert);

    private static AlertNotice FromOutside(Alert alert) => new()
    {
        Alert = alert.Id,
        IsResolved = alert.ResolvedAt is not null,
        IsAcknowledged = alert.AcknowledgedAt is not null,
        EndReason = alert.EndReason,
        Severity = alert.Severity,
        FiredAt = alert.FiredAt,
        ResolvedAt = alert.ResolvedAt,
        Title = alert.Title ?? alert.Id,
        Summary = alert.Summary,
        Evidence = [.. Said(alert)],
        Labels = alert.Labels,
        Runbook = alert.Runbook,
        Targets = alert.Targets,
    };

    private static AlertNotice OfObjective(Alert alert) => new()
    {
        Alert = alert.Id,
        IsResolved = alert.ResolvedAt is not null,
        Severity = alert.Severity,
        FiredAt = alert.FiredAt,
        ResolvedAt = alert.ResolvedAt,
        Title = alert.Service.Length > 0 ? $"{alert.Service}: {alert.Objective} burns its error budget" : $"{alert.Objective} burns its error budget",
        Summary = alert.Summary,
        Evidence = [.. Lines(alert.Evidence)],
        Labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["slo"] = alert.Slo, ["objective"] = alert.Objective, ["service"] = alert.Service, ["severity"] = alert.Severity.ToString().ToLowerInvariant(),
        },
        Runbook = alert.Runbook,
        Links = alert.Links,
        Targets = alert.Targets,
    };

    private static IEnumerable<string> Said(Alert alert)
    {
        if (alert.Annotations.TryGetValue("description", out var description) && description != alert.Summary) yield return description;
        if (alert.Link is { } link) yield return $"Seen at {link} (told by {alert.Origin})";
    }

    private static IEnumerable<string> Lines(AlertEvidence? evidence)
    {
        if (evidence is null) yield break;
        foreach (var c in evidence.Contributors)
            yield return string.Create(CultureInfo.InvariantCulture, $"{c.Dimension} {c.Value}: {c.Share * 100:0} % of the additional errors ({c.BadRatio * 100:0.##} % {(c.IsOfAll ? "of all" : "bad")}, {c.BaselineRatio * 100:0.##} % before)");
        foreach (var c in evidence.Changes) yield return string.Create(CultureInfo.InvariantCulture, $"Changed at {c.At.UtcDateTime:HH:mm:ss}Z: {c.Kind} {c.Id} by {c.Author}: {c.Text}");
        foreach (var gap in evidence.Gaps) yield return $"Not known: {gap}";
    }
}
