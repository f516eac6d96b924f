using System.Globalization;
using Tidegate.Core.Resources;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.InboundAlerts.Intake;

/// <summary>Checks alerts in Alertmanager's form and brings them into ours. What cannot be taken is said, each with its place; the others are taken.</summary>
/// <param name="origin">What they were told by.</param>
/// <param name="holds">How long one holds that does not say.</param>
/// <param name="now">The time.</param>
internal sealed class AlertReader(string origin, TimeSpan holds, DateTimeOffset now)
{
    private readonly List<Finding> _findings = [];

    /// <summary>Everything that was wrong.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The alert; null when it cannot be taken.</summary>
    /// <param name="told">As it came.</param>
    /// <param name="path">Where it stands, such as <c>[3]</c>.</param>
    public OutsideAlert? Read(ToldAlert told, string path)
    {
        var before = _findings.Count;
        var labels = Labels(told.Labels, path);
        var (starts, ends) = (Time(told.StartsAt, $"{path}.startsAt"), Time(told.EndsAt, $"{path}.endsAt"));
        if (starts > now + IntakeLimits.StartAhead) Refuse("far_future", $"{path}.startsAt", $"It begins at {starts:u}, which is far in the future: now it is {now:u}.");
        if (ends > now + IntakeLimits.EndAhead) Refuse("far_future", $"{path}.endsAt", $"It ends at {ends:u}: at most {IntakeLimits.EndAhead.TotalDays:0} days ahead are taken. Leave it out when it is not known.");
        if (ends < starts) Refuse("bad_times", $"{path}.endsAt", "It ends before it begins.");
        if (told is WebhookAlert { Status: not ("firing" or "resolved") }) Refuse("bad_status", $"{path}.status", "The status is firing or resolved.");
        if (_findings.Count > before) return null;

        var annotations = Annotations(told.Annotations);
        var name = labels["alertname"];
        var ended = told is WebhookAlert webhook ? webhook.Status == "resolved" : ends <= now;
        return new OutsideAlert
        {
            Origin = origin,
            Word = ended ? OutsideWord.Ended : OutsideWord.Fires,
            Fingerprint = AlertText.Fingerprint(labels),
            Labels = labels,
            Annotations = annotations,
            Severity = AlertText.Severity(labels.GetValueOrDefault("severity")),
            Title = AlertText.OneLine(TitleOf(name, labels), 300),
            Summary = Said(annotations, "summary", "message", "description") ?? name,
            Link = AlertText.Link(told.GeneratorURL),
            Runbook = AlertText.Link(annotations.GetValueOrDefault("runbook_url") ?? annotations.GetValueOrDefault("runbook")),
            StartsAt = starts ?? now,
            HoldsUntil = !ended && ends > now ? ends.Value : now + holds,
            EndedAt = ended && ends <= now ? ends : null,
            Mark = labels.GetValueOrDefault(AlertMark.Label, ""),
        };
    }

    private DateTimeOffset? Time(string? told, string path)
    {
        if (told is null) return null;
        // Go writes the year 1 for a time that is not known.
        if (InstantText.TryParse(told, out var time)) return time.Year > 1 ? time.ToUniversalTime() : null;
        Refuse("bad_time", path, $"Expected {InstantText.Expected}, found {(told.Length <= 60 ? $"the text \"{told}\"" : "a text")}.");
        return null;
    }

    private Dictionary<string, string> Labels(Dictionary<string, string>? told, string path)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (told is { Count: > IntakeLimits.MostLabels })
        {
            Refuse("too_many_labels", $"{path}.labels", string.Create(CultureInfo.InvariantCulture, $"It has {told.Count} labels; at most {IntakeLimits.MostLabels} are taken."));
            return labels;
        }

        foreach (var (name, value) in told ?? [])
        {
            if (name.Length is 0 or > IntakeLimits.LongestName || name.Any(char.IsControl))
                Refuse("bad_label", $"{path}.labels", $"The name of a label is empty, has control characters or is longer than {IntakeLimits.LongestName} characters.");
            else if (value is null || value.Length > IntakeLimits.LongestValue)
                Refuse("bad_label", $"{path}.labels.{name}", $"The label is null or longer than {IntakeLimits.LongestValue} characters.");
            // As Alertmanager has it, an empty label is one that is not there.
            else if (value.Length > 0) labels[name] = AlertText.Clean(value, IntakeLimits.LongestValue);
        }

        if (!labels.ContainsKey("alertname")) Refuse("no_alertname", $"{path}.labels.alertname", "The label alertname is missing: it says what the alert is about.");
        return labels;
    }

    private static Dictionary<string, string> Annotations(Dictionary<string, string>? told)
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in told ?? [])
            if (annotations.Count < IntakeLimits.MostAnnotations && name.Length is > 0 and <= IntakeLimits.LongestName && value is { Length: > 0 }) annotations[AlertText.Clean(name, IntakeLimits.LongestName)] = AlertText.Clean(value, IntakeLimits.LongestText);
        return annotations;
    }

    private static string TitleOf(string name, Dictionary<string, string> labels) =>
        labels.TryGetValue("service", out var service) ? $"{service}: {name}" : labels.TryGetValue("instance", out var instance) ? $"{name} on {instance}" : name;

    private static string? Said(Dictionary<string, string> annotations, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (annotations.TryGetValue(name, out var text)) return AlertText.Clean(text, 2_000);
        return null;
    }

    private void Refuse(string code, string path, string message) => _findings.Add(new Finding(FindingSeverity.Error, code, "", path, message, null));
}
