using Tidegate.Core.Resources.OpenSlo.Lenient;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Rules;

/// <summary>One object under examination: reports findings at key paths, with the place in the text where there is one.</summary>
internal sealed class ResourceScope(DocumentScope document, Resource resource, ReadObject? text, FindingList findings)
{
    public string Name => resource.Metadata.Name;

    public ConfigDocument Document => document.Document;

    public bool DocumentIsComplete => document.IsComplete;

    /// <summary>The document must be refused.</summary>
    public void Error(string code, string path, string message) => Report(FindingSeverity.Error, code, path, message);

    /// <summary>The author should look.</summary>
    public void Warning(string code, string path, string message) => Report(FindingSeverity.Warning, code, path, message);

    private void Report(FindingSeverity severity, string code, string path, string message)
    {
        // What could not be read has been reported; a rule would only report the blank in its place.
        if (text is not null && text.Broken.Any(broken => Touches(broken, path))) return;
        if (severity == FindingSeverity.Error && Forgiveness.Covers(resource, code)) severity = FindingSeverity.Warning;
        findings.Add(new Finding(severity, code, resource.Id, path, message, text is null ? resource.Source : NodePath.Find(text.Node, path).Position));
    }

    private static bool Touches(string a, string b)
    {
        var (shorter, longer) = a.Length <= b.Length ? (a, b) : (b, a);
        return longer.StartsWith(shorter, StringComparison.Ordinal) && (longer.Length == shorter.Length || longer[shorter.Length] is '.' or '[');
    }
}
