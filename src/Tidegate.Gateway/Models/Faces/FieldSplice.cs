using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tidegate.Gateway.Models.Faces;

/// <summary>Renames, or leaves out, the fields a look-alike refuses, so that callers of the original need not know whom they speak to. Values and all other fields stay as they were written.</summary>
internal static class FieldSplice
{
    /// <summary>The body to send.</summary>
    /// <param name="body">A JSON object.</param>
    /// <param name="refused">Names that are refused, with the target's own; null for those it has none for.</param>
    public static ReadOnlyMemory<byte> Make(ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string?> refused)
    {
        var fields = Fields(body.Span);
        if (!fields.Exists(f => refused.ContainsKey(f.Name))) return body;
        var output = new ArrayBufferWriter<byte>(body.Length);
        var separator = "{"u8;
        foreach (var (name, from, value, to) in fields)
        {
            var renamed = refused.TryGetValue(name, out var own);
            if (renamed && (own is null || fields.Exists(f => f.Name == own))) continue;
            output.Write(separator);
            separator = ","u8;
            if (renamed) Encoding.UTF8.GetBytes($"\"{own}\":", output);
            output.Write(body.Span[(renamed ? value : from)..to]);
        }

        output.Write(separator[0] == '{' ? "{}"u8 : "}"u8);
        return output.WrittenMemory;
    }

    private static List<(string Name, int From, int Value, int To)> Fields(ReadOnlySpan<byte> body)
    {
        var fields = new List<(string, int, int, int)>();
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 128 });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var from = (int)reader.TokenStartIndex;
            var name = Encoding.UTF8.GetString(reader.ValueSpan); // names with escapes are none of those looked for
            reader.Read();
            var value = (int)reader.TokenStartIndex;
            reader.Skip();
            fields.Add((name, from, value, (int)reader.BytesConsumed));
        }

        return fields;
    }
}
