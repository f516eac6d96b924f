using System.Buffers;
using System.Text;

namespace Tidegate.Cli;

/// <summary>Text that came from outside (paths, names, errors) made safe for a terminal: an escape sequence in a request path must not run on the operator's screen.</summary>
internal static class PlainText
{
    // C0, DEL, C1 and the bidirectional controls that make text read differently from what it is.
    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0x20).Select(c => (char)c),
        .. Enumerable.Range(0x7f, 0x21).Select(c => (char)c),
        .. Enumerable.Range(0x202a, 5).Select(c => (char)c),
        .. Enumerable.Range(0x2066, 4).Select(c => (char)c),
    ]);

    /// <summary>The text as a message: its line breaks are kept, every further line indented, so that none can be taken for a message of its own.</summary>
    public static string Lines(string text, string indent) =>
        text.AsSpan().IndexOf('\n') < 0 ? Of(text) : string.Join(Environment.NewLine + indent, text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => Of(line.TrimStart('\t'))));

    /// <summary>The text with every control character written as <c>\u001b</c>.</summary>
    public static string Of(string? text)
    {
        if (text is null) return "";
        if (text.AsSpan().IndexOfAny(Unsafe) < 0) return text;
        var safe = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (Unsafe.Contains(c)) safe.Append("\\u").Append(((int)c).ToString("x4"));
            else safe.Append(c);
        }

        return safe.ToString();
    }
}
