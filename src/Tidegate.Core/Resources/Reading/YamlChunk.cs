namespace Tidegate.Core.Resources.Reading;

/// <summary>A part of a YAML text that can be parsed alone, so that a syntax error in one document does not hide those after it.</summary>
/// <param name="Text">The part.</param>
/// <param name="FirstLine">1-based line its first character stands on.</param>
internal readonly record struct YamlChunk(string Text, int FirstLine)
{
    /// <summary>Cuts at lines that begin a document (<c>---</c> in the first column can mean nothing else in YAML).</summary>
    public static IEnumerable<YamlChunk> Split(string text)
    {
        int start = 0, startLine = 1, line = 1;
        bool directives = false; // %YAML and %TAG belong to the document after them
        for (int at = 0; at < text.Length; line++)
        {
            if (at > start && !directives && IsDocumentStart(text.AsSpan(at)))
            {
                yield return new YamlChunk(text[start..at], startLine);
                (start, startLine) = (at, line);
            }

            directives = text[at] == '%' || (directives && at != start && !IsDocumentStart(text.AsSpan(at)));
            int end = text.IndexOf('\n', at);
            at = end < 0 ? text.Length : end + 1;
        }

        if (start < text.Length) yield return new YamlChunk(start == 0 ? text : text[start..], startLine);
    }

    private static bool IsDocumentStart(ReadOnlySpan<char> line) =>
        line.StartsWith("---", StringComparison.Ordinal) && (line.Length == 3 || char.IsWhiteSpace(line[3]));
}
