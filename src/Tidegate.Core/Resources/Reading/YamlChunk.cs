namespace Tidegate.Core.Resources.Reading;

/// <summary>A part of a YAML text that can be parsed alone, so that a syntax error in one document does not hide those after it.</summary>
/// <param name="whole">The text it is a part of.</param>
/// <param name="start">Where it begins.</param>
/// <param name="end">Where it ends, exclusive.</param>
/// <param name="firstLine">1-based line its first character stands on.</param>
internal sealed class YamlChunk(string whole, int start, int end, int firstLine)
{
    public YamlChunk(string text, int firstLine)
        : this(text, 0, text.Length, firstLine) { }

    public string Whole { get; } = whole;

    public int Start { get; } = start;

    public int End { get; } = end;

    public int FirstLine { get; } = firstLine;

    public ReadOnlySpan<char> Span => Whole.AsSpan(Start, End - Start);

    /// <summary>Cuts at lines that begin a document (<c>---</c> in the first column can mean nothing else in YAML).</summary>
    public static IEnumerable<YamlChunk> Split(string text)
    {
        int start = 0, startLine = 1, line = 1;
        bool directives = false; // %YAML and %TAG belong to the document after them
        for (int at = 0; at < text.Length; line++)
        {
            if (at > start && !directives && IsDocumentStart(text.AsSpan(at)))
            {
                yield return new YamlChunk(text, start, at, startLine);
                (start, startLine) = (at, line);
            }

            directives = text[at] == '%' || (directives && at != start && !IsDocumentStart(text.AsSpan(at)));
            int end = text.IndexOf('\n', at);
            at = end < 0 ? text.Length : end + 1;
        }

        if (start < text.Length) yield return new YamlChunk(text, start, text.Length, startLine);
    }

    public override string ToString() => Span.ToString();

    private static bool IsDocumentStart(ReadOnlySpan<char> line) =>
        line.StartsWith("---", StringComparison.Ordinal) && (line.Length == 3 || char.IsWhiteSpace(line[3]));
}
