namespace Tidegate.Tests.Docs;

/// <summary>A piece of a page that a reader may copy.</summary>
/// <param name="Page">File of the page, from the root of the checkout.</param>
/// <param name="Line">Its first line in the page.</param>
/// <param name="Language">Word after the fence; empty for an indented block.</param>
/// <param name="Text">The piece.</param>
internal sealed record CodeBlock(string Page, int Line, string Language, string Text)
{
    /// <summary>Commands of a shell, one per line.</summary>
    public bool IsShell => Language is "sh" or "bash" or "console" or "";

    /// <summary>Where to look.</summary>
    public string Place => $"{Page}:{Line}";

    /// <summary>Fenced and indented blocks of a page in Markdown.</summary>
    public static IEnumerable<CodeBlock> Of(string page, IReadOnlyList<string> lines)
    {
        for (var at = 0; at < lines.Count; at++)
        {
            var fenced = lines[at].StartsWith("```", StringComparison.Ordinal);
            if (!fenced && !(IsIndented(lines[at]) && (at == 0 || lines[at - 1].Length == 0))) continue;
            var first = fenced ? at + 1 : at;
            var end = first;
            while (end < lines.Count && (fenced ? !lines[end].StartsWith("```", StringComparison.Ordinal) : IsIndented(lines[end]))) end++;
            yield return new(page, first + 1, fenced ? lines[at][3..].Trim() : "", string.Join('\n', lines.Skip(first).Take(end - first).Select(line => fenced ? line : line[4..])));
            at = end;
        }
    }

    private static bool IsIndented(string line) => line.StartsWith("    ", StringComparison.Ordinal);
}
