using System.Globalization;
using System.Text;

namespace Tidegate.Models.Guardrails;

/// <summary>
/// As <see cref="TextGuard"/>, for JSON text that comes in pieces, such as the arguments of a tool: what the strings and numbers say is looked at, and the text stays
/// JSON whatever stands in their place. Text that is no JSON is looked at word by word.
/// </summary>
internal sealed class ArgumentsGuard(GuardLook[] looks, GuardFindings findings, int mostHold)
{
    private readonly TextGuard _guard = new(looks, findings, mostHold);
    private readonly StringBuilder _word = new();
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _escape = new();
    private bool _inString;

    /// <summary>More JSON; gives back what is certain.</summary>
    public string Push(string json)
    {
        var output = new StringBuilder(json.Length);
        foreach (var c in json)
        {
            if (_inString) InString(c, output);
            else if (c is '"' or '{' or '}' or '[' or ']' or ',' or ':' or ' ' or '\t' or '\r' or '\n')
            {
                EndWord(output);
                output.Append(c);
                _inString = c == '"';
            }
            else _word.Append(c);
        }

        Flush(output);
        return output.ToString();
    }

    /// <summary>The JSON has ended.</summary>
    public string Finish()
    {
        var output = new StringBuilder();
        EndWord(output);
        if (_inString) Write(_guard.Finish(), output);
        _inString = false;
        output.Append(_escape);
        _escape.Clear();
        return output.ToString();
    }

    /// <summary>A whole JSON text.</summary>
    public string Whole(string json) => Push(json) + Finish();

    private void InString(char c, StringBuilder output)
    {
        if (_escape.Length > 0)
        {
            _escape.Append(c);
            if (_escape[1] == 'u' && _escape.Length < 6) return;
            _text.Append(Decode(_escape.ToString()));
            _escape.Clear();
        }
        else if (c == '\\') _escape.Append(c);
        else if (c == '"')
        {
            Flush(output);
            Write(_guard.Finish(), output);
            output.Append(c);
            _inString = false;
        }
        else _text.Append(c);
    }

    private void Flush(StringBuilder output)
    {
        if (_text.Length == 0) return;
        Write(_guard.Push(_text.ToString()), output);
        _text.Clear();
    }

    // A number, true, null, or no JSON at all; what stands in its place is a string.
    private void EndWord(StringBuilder output)
    {
        if (_word.Length == 0) return;
        var word = _word.ToString();
        _word.Clear();
        var before = findings.Changes;
        var told = _guard.Whole(word);
        if (findings.Changes == before)
        {
            output.Append(word);
            return;
        }

        output.Append('"');
        Write(told, output);
        output.Append('"');
    }

    private static void Write(string text, StringBuilder output)
    {
        foreach (var c in text)
        {
            if (c is '"' or '\\') output.Append('\\').Append(c);
            else if (c == '\n') output.Append("\\n");
            else if (c < ' ' || char.IsSurrogate(c)) output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else output.Append(c);
        }
    }

    private static char Decode(string escape) => escape[1] switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' when ushort.TryParse(escape.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) => (char)code,
        'u' => '\ufffd',
        var other => other,
    };
}
