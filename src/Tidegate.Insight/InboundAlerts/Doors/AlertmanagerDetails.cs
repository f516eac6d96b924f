namespace Tidegate.Insight.InboundAlerts.Doors;

/// <summary>
/// The labels of a group of alerts in the text that Alertmanager puts into <c>custom_details.firing</c> by default: for each alert a line <c>Labels:</c>, then
/// <c> - NAME = VALUE</c> for each label, then other sections.
/// </summary>
internal static class AlertmanagerDetails
{
    private const int Most = 10_000;

    /// <summary>Labels of each alert; empty when the text is another one.</summary>
    public static IReadOnlyList<Dictionary<string, string>> Labels(string text)
    {
        var alerts = new List<Dictionary<string, string>>();
        Dictionary<string, string>? labels = null;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line is "Labels:")
            {
                if (alerts.Count == Most) break;
                alerts.Add(labels = new(StringComparer.Ordinal));
            }
            else if (!line.StartsWith(" - ")) labels = null;
            else if (labels is not null && line.IndexOf(" = ") is > 3 and var at) labels[line[3..at].ToString()] = line[(at + 3)..].ToString();
        }

        return alerts;
    }

    /// <summary>Labels that all have.</summary>
    public static Dictionary<string, string> Common(IReadOnlyList<Dictionary<string, string>> alerts)
    {
        if (alerts.Count == 0) return new(StringComparer.Ordinal);
        return alerts[0].Where(l => alerts.All(a => a.TryGetValue(l.Key, out var value) && value == l.Value)).ToDictionary(StringComparer.Ordinal);
    }
}
