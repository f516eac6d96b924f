using System.Globalization;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.Objectives.NotificationTargets;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Insight.Notifications.Texts;

/// <summary>What messages say: the built-in texts, or those of the target with <c>{name}</c> for a field.</summary>
internal static class NoticeText
{
    /// <summary>Subject of a message about these alerts.</summary>
    public static string Title(IReadOnlyList<AlertNotice> notices, NotificationTemplatesConfig templates)
    {
        if (templates.Title is { } template) return OneLine(Fill(template, notices[0]));
        var first = notices[0];
        var state = notices.All(n => n.IsResolved) ? "Ended" : first.Severity == AlertSeverity.Page ? "PAGE" : "Ticket";
        var more = notices.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" and {notices.Count - 1} more") : "";
        return OneLine($"{state}: {first.Title}{more}");
    }

    /// <summary>Text of a message about these alerts.</summary>
    public static string Body(IReadOnlyList<AlertNotice> notices, NotificationTemplatesConfig templates) =>
        string.Join("\n\n", notices.Select(n => templates.Body is { } template ? Fill(template, n) : Body(n)));

    private static string Body(AlertNotice notice)
    {
        var lines = new List<string>();
        if (notice.IsResolved)
        {
            var lasted = notice.ResolvedAt - notice.FiredAt;
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{notice.Title}: it has ended{(lasted is { } time ? $" after {Duration.Format(TimeSpan.FromSeconds(Math.Max(0, Math.Round(time.TotalSeconds))))}" : "")}."));
            if (notice.EndReason is { } reason) lines.Add(reason);
        }
        else
        {
            lines.Add(notice.Summary);
            lines.AddRange(notice.Evidence);
            if (notice.Runbook is { } runbook) lines.Add($"Runbook: {runbook}");
            lines.AddRange(notice.Links.Select(l => $"{char.ToUpperInvariant(l.Name[0])}{l.Name[1..]}: {l.Url}"));
        }

        // A message may be late (kept back, said again, a receiver that was away): the figures are those of then.
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"Alert: {notice.Alert}, fired {notice.FiredAt.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}"));
        return string.Join('\n', lines);
    }

    // A name that is no field stays as it is written, so that it is seen.
    private static string Fill(string template, AlertNotice notice) => NotificationFields.Placeholder().Replace(template, match => match.Groups["name"].Value switch
    {
        "alert" => notice.Alert,
        "state" => notice.IsResolved ? "resolved" : "fired",
        "severity" => notice.Severity.ToString().ToLowerInvariant(),
        "title" => notice.Title,
        "summary" => notice.Summary,
        "evidence" => string.Join('\n', notice.Evidence),
        "runbook" => notice.Runbook ?? "",
        "links" => string.Join('\n', notice.Links.Select(l => l.Url)),
        "firedAt" => notice.FiredAt.ToString("u", CultureInfo.InvariantCulture),
        "resolvedAt" => notice.ResolvedAt?.ToString("u", CultureInfo.InvariantCulture) ?? "",
        var label => notice.Labels.TryGetValue(label, out var value) ? value : match.Value,
    });

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
