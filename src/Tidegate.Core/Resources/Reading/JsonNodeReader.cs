using System.Text;
using System.Text.Json;

namespace Tidegate.Core.Resources.Reading;

/// <summary>JSON text to nodes with line and column. Several values may follow each other; duplicate keys are kept for the binder to report.</summary>
internal static class JsonNodeReader
{
    /// <summary>The values of the text.</summary>
    public static List<Node> Read(SourceText source, ReadLimits limits)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(source.Text);
        var place = new Place(source.Name, bytes);
        // One level more than ours, so that our own message is the one that is seen.
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = limits.Depth + 1, AllowMultipleValues = true });
        var documents = new List<Node>();
        try
        {
            while (reader.Read()) documents.Add(ReadValue(ref reader, place, limits, 1));
        }
        catch (JsonException e)
        {
            var position = new SourcePosition(source.Name, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            var message = e.Message.Split(" LineNumber:", 2)[0].Replace(" Change the reader options.", "", StringComparison.Ordinal).TrimEnd('.'); // advice for who programs the reader
            throw new UnreadableTextException("syntax", $"This is not JSON: {message}.", position);
        }

        return documents;
    }

    private static Node ReadValue(ref Utf8JsonReader reader, Place place, ReadLimits limits, int depth)
    {
        var (line, column) = place.Of(reader.TokenStartIndex);
        if (depth > limits.Depth) throw new UnreadableTextException("too_deep", $"Nested deeper than {limits.Depth} levels.", new(place.File, line, column));
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var entries = new List<KeyValuePair<ScalarNode, Node>>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var (keyLine, keyColumn) = place.Of(reader.TokenStartIndex);
                    var key = new ScalarNode(place.File, keyLine, keyColumn, Text(ref reader, place, keyLine, keyColumn), ScalarStyle.Quoted);
                    reader.Read();
                    entries.Add(new(key, ReadValue(ref reader, place, limits, depth + 1)));
                }

                return new MapNode(place.File, line, column, entries);
            case JsonTokenType.StartArray:
                var items = new List<Node>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(ReadValue(ref reader, place, limits, depth + 1));
                return new ListNode(place.File, line, column, items);
            case JsonTokenType.String:
                return new ScalarNode(place.File, line, column, Text(ref reader, place, line, column), ScalarStyle.Quoted);
            default:
                return new ScalarNode(place.File, line, column, Encoding.UTF8.GetString(reader.ValueSpan), ScalarStyle.Literal);
        }
    }

    private static string Text(ref Utf8JsonReader reader, Place place, int line, int column)
    {
        try { return reader.GetString()!; }
        catch (InvalidOperationException)
        {
            throw new UnreadableTextException("syntax", "This is not JSON: half of a surrogate pair.", new(place.File, line, column));
        }
    }

    /// <summary>Byte offsets to lines and columns. Offsets only grow, so the text is walked once.</summary>
    private sealed class Place(string file, byte[] bytes)
    {
        private int _at;
        private int _line = 1;
        private int _column = 1;

        public string File { get; } = file;

        public (int Line, int Column) Of(long offset)
        {
            for (; _at < offset; _at++)
            {
                if (bytes[_at] == '\n') (_line, _column) = (_line + 1, 1);
                else if ((bytes[_at] & 0xC0) != 0x80) _column++; // continuation bytes are no characters
            }

            return (_line, _column);
        }
    }
}
