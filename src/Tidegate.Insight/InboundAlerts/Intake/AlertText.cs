using System.Security.Cryptography;
using System.Text;
using Tidegate.Core.Resources.Objectives.AlertSets;

namespace Tidegate.Insight.InboundAlerts.Intake;

/// <summary>What labels and texts from outside mean.</summary>
internal static class AlertText
{
    // What is not known to be able to wait wakes somebody: an alert without a severity, too.
    private static readonly HashSet<string> CanWait = new(StringComparer.OrdinalIgnoreCase)
    {
        "ticket", "warning", "warn", "info", "informational", "information", "notice", "low", "minor", "debug", "none", "p3", "p4", "p5", "sev3", "sev4", "sev5",
    };

    public static AlertSeverity Severity(string? word) => word is not null && CanWait.Contains(word) ? AlertSeverity.Ticket : AlertSeverity.Page;

    /// <summary>32 hex digits over labels, whatever order they came in.</summary>
    public static string Fingerprint(IReadOnlyDictionary<string, string> labels)
    {
        var text = new StringBuilder();
        // With lengths, so that no two sets of labels give the same text.
        foreach (var (name, value) in labels.OrderBy(l => l.Key, StringComparer.Ordinal)) text.Append(name.Length).Append(':').Append(name).Append(value.Length).Append(':').Append(value);
        return Hash(text.ToString());
    }

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];

    /// <summary>Without characters that steer a screen, and no longer than it may be.</summary>
    public static string Clean(string text, int longest)
    {
        var clean = text.Any(IsBad) ? string.Concat(text.Select(c => IsBad(c) ? ' ' : c)) : text;
        if (clean.Length <= longest) return clean;
        // Not between the halves of a character.
        var end = char.IsHighSurrogate(clean[longest - 2]) ? longest - 2 : longest - 1;
        return clean[..end] + "…";
    }

    public static string OneLine(string text, int longest) => Clean(text.ReplaceLineEndings(" ").Trim(), longest);

    /// <summary>An address that may become a link: http or https, else null.</summary>
    public static string? Link(string? text) =>
        text is { Length: > 0 and <= 2048 } && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? text : null;

    private static bool IsBad(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}
