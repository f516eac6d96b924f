using Tidegate.Core.Resources.OpenSlo.Lenient;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Rules;

/// <summary>One object under examination: reports findings at key paths, with the place in the text where there is one.</summary>
internal sealed class ResourceScope(DocumentScope document, Resource resource, ReadObject? text, FindingList findings)
{
    private List<string>? _broken;

    public string Name => resource.Metadata.Name;

    public ConfigDocument Document => document.Document;

    public bool DocumentIsComplete => document.IsComplete;

    /// <summary>The document must be refused.</summary>
    public void Error(string code, string path, string message) => Report(FindingSeverity.Error, code, path, message);

    /// <summary>The author should look.</summary>
    public void Warning(string code, string path, string message) => Report(FindingSeverity.Warning, code, path, message);

    /// <summary>A value could not be read, which has been reported: from now on, nothing is said of the blank in its place.</summary>
    public void Break(string path) => (_broken ??= []).Add(path);

    /// <summary>True when there is a blank in place of the value, so that nothing can be said of others by it.</summary>
    public bool IsBroken(string path) => (text is not null && text.Broken.Any(b => Touches(b, path))) || (_broken is not null && _broken.Any(b => Holds(b, path)));

    private void Report(FindingSeverity severity, string code, string path, string message)
    {
        // What could not be read has been reported; a rule would only report the blank in its place.
        if (IsBroken(path)) return;
        if (severity == FindingSeverity.Error && Forgiveness.Covers(resource, code)) severity = FindingSeverity.Warning;
        findings.Add(new Finding(severity, code, resource.Id, path, message, text is null ? resource.Source : NodePath.Find(text.Node, path).Position));
    }

    private static bool Touches(string a, string b) => a.Length <= b.Length ? Holds(a, b) : Holds(b, a);

    private static bool Holds(string outer, string path) => path.StartsWith(outer, StringComparison.Ordinal) && (path.Length == outer.Length || path[outer.Length] is '.' or '[');
}
