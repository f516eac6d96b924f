using System.Buffers;

namespace Tidegate.Core.Resources.Reading;

/// <summary>
/// Reads the YAML that configuration is mostly written in: blocks of keys, lists, words, quoted texts, one-line lists of words. It gives up on everything
/// else, and the whole chunk is then read by the complete parser: what it does read, it reads to the same nodes at the same places. It is an order of
/// magnitude faster, and its few methods are compiled ahead: the first plan after a start reads 10,000 routes with code nobody has run before.
/// </summary>
internal sealed class BlockYamlReader
{
    private const int LongestKey = 100;
    private const int Deepest = 24;

    private static readonly SearchValues<char> Usual = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c), '\n']);

    private readonly string _file;
    private readonly string _text;
    private readonly int _limit; // end of the chunk in the text
    private int _line;
    private int _start; // of the line
    private int _at;    // of what is to be read in it
    private int _end;   // of its last character that is no blank, exclusive
    private int _next;  // start of the line after it
    private int _indent;

    private BlockYamlReader(string file, YamlChunk chunk) =>
        (_file, _text, _next, _limit, _line) = (file, chunk.Whole, chunk.Start, chunk.End, chunk.FirstLine - 1);

    /// <summary>The document of the chunk, null when there is nothing in it. False when it must be read by the complete parser.</summary>
    public static bool TryRead(string file, YamlChunk chunk, out Node? document)
    {
        document = null;
        if (chunk.Span.ContainsAnyExcept(Usual)) return false;
        var reader = new BlockYamlReader(file, chunk);
        reader.Next();
        if (reader._indent == 0 && reader.Rest is "---") reader.Next();
        if (reader._indent < 0) return true;
        document = reader.Block(1);
        return document is not null && reader._indent < 0;
    }

    private ReadOnlySpan<char> Rest => _text.AsSpan(_at, _end - _at);

    private int Column(int at) => at - _start + 1;

    /// <summary>Goes to the next line that says something; the indentation is -1 after the last one.</summary>
    private void Next()
    {
        while (_next < _limit)
        {
            (_start, _line) = (_next, _line + 1);
            int end = _text.IndexOf('\n', _start, _limit - _start);
            if (end < 0) end = _limit;
            _next = end + 1;
            _at = _start;
            while (_at < end && _text[_at] == ' ') _at++;
            if (_at == end || _text[_at] == '#') continue;
            while (_text[end - 1] == ' ') end--;
            (_end, _indent) = (end, _at - _start);
            return;
        }

        _indent = -1;
    }

    private bool IsItem => _text[_at] == '-' && _at + 1 < _end && _text[_at + 1] == ' ';

    private Node? Block(int depth) => depth > Deepest ? null : IsItem ? List(depth) : Map(_indent, depth);

    private MapNode? Map(int indent, int depth)
    {
        var (line, column) = (_line, Column(_at));
        var entries = new List<KeyValuePair<ScalarNode, Node>>(4);
        do
        {
            int length = KeyLength(_at);
            if (length == 0) return null;
            var key = new ScalarNode(_file, _line, Column(_at), _text.Substring(_at, length), ScalarStyle.Plain);
            int value = Skip(_at + length + 1);
            Node? node;
            if (value < _end && _text[value] != '#')
            {
                node = Inline(value);
                Next();
            }
            else
            {
                Next();
                // A list may stand as far to the left as the key it belongs to.
                node = _indent > indent ? Block(depth + 1) : _indent == indent && IsItem && depth < Deepest ? List(depth + 1) : null;
            }

            // Deeper than its key: the text goes on over several lines, or the indentation is wrong.
            if (node is null || _indent > indent) return null;
            entries.Add(new(key, node));
        }
        while (_indent == indent && !IsItem);
        return _indent == indent ? null : new MapNode(_file, line, column, entries);
    }

    private ListNode? List(int depth)
    {
        var (line, column, indent) = (_line, Column(_at), _indent);
        var items = new List<Node>(4);
        do
        {
            int value = Skip(_at + 1);
            Node? node;
            if (KeyLength(value) > 0)
            {
                if (depth >= Deepest) return null;
                _at = value;
                node = Map(value - _start, depth + 1);
            }
            else
            {
                node = Inline(value);
                Next();
            }

            if (node is null || _indent > indent) return null;
            items.Add(node);
        }
        while (_indent == indent && IsItem);
        return new ListNode(_file, line, column, items);
    }

    /// <summary>Length of the key at a place, 0 when there is none: a word, a colon, then a blank or the end of the line.</summary>
    private int KeyLength(int at)
    {
        int end = at;
        while (end < _end && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] is '_' or '-' or '.' or '/')) end++;
        bool isKey = end > at && end - at <= LongestKey && end < _end && _text[end] == ':' && (end + 1 == _end || _text[end + 1] == ' ');
        return isKey && (char.IsAsciiLetterOrDigit(_text[at]) || _text[at] == '_') ? end - at : 0;
    }

    private Node? Inline(int at)
    {
        if (_text[at] == '[') return InlineList(at);
        if (_text[at] is '"' or '\'') return Quoted(at, out int after) is { } quoted && IsOver(after) ? quoted : null;
        if (!BeginsWord(at)) return null;
        int end = at + 1;
        for (; end < _end; end++)
        {
            if (_text[end] == '#' && _text[end - 1] == ' ') break;
            if (_text[end] == ':' && (end + 1 == _end || _text[end + 1] == ' ')) return null;
        }

        while (_text[end - 1] == ' ') end--;
        return new ScalarNode(_file, _line, Column(at), _text[at..end], ScalarStyle.Plain);
    }

    private ListNode? InlineList(int at)
    {
        var items = new List<Node>(4);
        int next = Skip(at + 1);
        if (next < _end && _text[next] == ']') return IsOver(next + 1) ? new ListNode(_file, _line, Column(at), items) : null;
        while (next < _end)
        {
            int after = next;
            if (_text[next] is '"' or '\'')
            {
                if (Quoted(next, out after) is not { } quoted) return null;
                items.Add(quoted);
            }
            else
            {
                while (after < _end && (char.IsAsciiLetterOrDigit(_text[after]) || _text[after] is '_' or '/' or '.' or '-')) after++;
                if (after == next || !BeginsWord(next)) return null;
                items.Add(new ScalarNode(_file, _line, Column(next), _text[next..after], ScalarStyle.Plain));
            }

            after = Skip(after);
            if (after == _end) return null;
            if (_text[after] == ']') return IsOver(after + 1) ? new ListNode(_file, _line, Column(at), items) : null;
            if (_text[after] != ',') return null;
            next = Skip(after + 1);
        }

        return null;
    }

    private ScalarNode? Quoted(int at, out int after)
    {
        char quote = _text[at];
        int length = _text.AsSpan(at + 1, _end - at - 1).IndexOfAny(quote, '\\');
        after = at + length + 2;
        // Escapes, doubled quotes and texts of several lines are left to the complete parser.
        if (length < 0 || _text[after - 1] == '\\' || (after < _end && _text[after] == quote)) return null;
        return new ScalarNode(_file, _line, Column(at), _text.Substring(at + 1, length), ScalarStyle.Quoted);
    }

    private bool BeginsWord(int at) =>
        char.IsAsciiLetterOrDigit(_text[at]) || _text[at] is '/' or '_' or '.' or '$' || (_text[at] == '-' && at + 1 < _end && char.IsAsciiLetterOrDigit(_text[at + 1]));

    /// <summary>True when nothing but a comment follows.</summary>
    private bool IsOver(int at) => at == _end || (_text[at] == ' ' && _text[Skip(at)] == '#');

    private int Skip(int at)
    {
        while (at < _end && _text[at] == ' ') at++;
        return at;
    }
}
