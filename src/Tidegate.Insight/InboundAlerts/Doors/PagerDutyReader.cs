using System.Text.Json;
using Tidegate.Insight.InboundAlerts.Intake;

namespace Tidegate.Insight.InboundAlerts.Doors;

/// <summary>Checks an event of PagerDuty's form and brings it into ours.</summary>
internal static class PagerDutyReader
{
    public const string Origin = "pagerduty";

    private const int LongestKey = 255;
    private static readonly string[] Severities = ["critical", "error", "warning", "info"];

    /// <summary>The alert; null with what is wrong, all of it.</summary>
    public static OutsideAlert? Read(PagerDutyEvent told, string dedupKey, DateTimeOffset now, string installation, List<string> errors)
    {
        var word = told.EventAction switch { "trigger" => OutsideWord.Fires, "acknowledge" => OutsideWord.Acknowledged, "resolve" => OutsideWord.Ended, _ => (OutsideWord?)null };
        if (word is null) errors.Add("'event_action' must be trigger, acknowledge or resolve");
        if (dedupKey.Length is 0 or > LongestKey) errors.Add(dedupKey.Length == 0 ? "'dedup_key' is missing: what is acknowledged or resolved must be named" : $"'dedup_key' must be at most {LongestKey} characters");
        var payload = told.Payload ?? new PagerDutyPayload();
        if (word == OutsideWord.Fires) Check(payload, now, errors);
        if (errors.Count > 0) return null;

        var print = AlertText.Hash($"{Origin}\n{dedupKey}");
        if (word != OutsideWord.Fires) return new OutsideAlert { Origin = Origin, Word = word!.Value, Fingerprint = print, EndedAt = word == OutsideWord.Ended ? now : null };

        var details = Details(payload.CustomDetails);
        var group = AlertmanagerDetails.Labels(details.GetValueOrDefault("firing", ""));
        var labels = Labels(payload, group);
        return new OutsideAlert
        {
            Origin = Origin,
            Word = OutsideWord.Fires,
            Fingerprint = print,
            Labels = labels,
            Annotations = Texts(details),
            Severity = AlertText.Severity(payload.Severity),
            Title = AlertText.OneLine(payload.Summary!, 300),
            Summary = AlertText.Clean(payload.Summary!, 1_024),
            Link = AlertText.Link(told.ClientUrl) ?? told.Links?.Select(l => AlertText.Link(l?.Href)).FirstOrDefault(l => l is not null),
            StartsAt = Began(payload) is { Year: > 1 } at ? at.ToUniversalTime() : now,
            HoldsUntil = now + IntakeLimits.EventHolds,
            Mark = Mark(details.GetValueOrDefault(AlertMark.Label, ""), group, installation),
        };
    }

    private static void Check(PagerDutyPayload payload, DateTimeOffset now, List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(payload.Summary)) errors.Add("'payload.summary' is missing or blank");
        if (string.IsNullOrWhiteSpace(payload.Source)) errors.Add("'payload.source' is missing or blank");
        if (payload.Severity is null || !Severities.Contains(payload.Severity, StringComparer.Ordinal)) errors.Add($"'payload.severity' must be one of {string.Join(", ", Severities)}");
        if (payload.Timestamp is not null && Began(payload) is null) errors.Add("'payload.timestamp' must be a time such as \"2026-03-01T09:00:00Z\"");
        if (Began(payload) > now + IntakeLimits.StartAhead) errors.Add("'payload.timestamp' is far in the future");
        foreach (var (name, value) in Named(payload))
            if (value.Length > IntakeLimits.LongestValue) errors.Add($"'payload.{name}' must be at most {IntakeLimits.LongestValue} characters");
    }

    // What all alerts of the group have in common says better what it is than the group's own text.
    private static Dictionary<string, string> Labels(PagerDutyPayload payload, IReadOnlyList<Dictionary<string, string>> group)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in AlertmanagerDetails.Common(group).Where(l => l.Key.Length <= IntakeLimits.LongestName && l.Value.Length <= IntakeLimits.LongestValue).Take(IntakeLimits.MostLabels - 8))
            labels[AlertText.Clean(name, IntakeLimits.LongestName)] = AlertText.Clean(value, IntakeLimits.LongestValue);
        foreach (var (name, value) in Named(payload))
            if (value.Length > 0) labels.TryAdd(name, AlertText.OneLine(value, IntakeLimits.LongestValue));
        labels.TryAdd("alertname", AlertText.OneLine(payload.Class is { Length: > 0 } kind ? kind : payload.Summary!, 200));
        if (payload.Component is { Length: > 0 } component) labels.TryAdd("service", AlertText.OneLine(component, IntakeLimits.LongestValue));
        return labels;
    }

    private static DateTimeOffset? Began(PagerDutyPayload payload) => payload.Timestamp is { } text && PagerDutyTime.TryParse(text, out var time) ? time : null;

    private static IEnumerable<(string Name, string Value)> Named(PagerDutyPayload payload) =>
        [("severity", payload.Severity ?? ""), ("source", payload.Source ?? ""), ("component", payload.Component ?? ""), ("group", payload.Group ?? ""), ("class", payload.Class ?? "")];

    private static Dictionary<string, string> Details(JsonElement? details)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (details is not { ValueKind: JsonValueKind.Object } element) return texts;
        foreach (var property in element.EnumerateObject())
        {
            if (texts.Count == IntakeLimits.MostAnnotations) break;
            if (property.Name.Length > 0) texts[property.Name] = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
        }

        return texts;
    }

    private static Dictionary<string, string> Texts(Dictionary<string, string> details)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, text) in details) texts[AlertText.Clean(name, IntakeLimits.LongestName)] = AlertText.Clean(text, IntakeLimits.LongestText);
        return texts;
    }

    // A group is ours only when all of it is: somebody else's alert in it must wake people.
    private static string Mark(string mark, IReadOnlyList<Dictionary<string, string>> group, string installation) =>
        mark.Length > 0 ? mark : group.Count > 0 && group.All(a => AlertMark.IsOf(a.GetValueOrDefault(AlertMark.Label, ""), installation)) ? installation : "";
}
