using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Guardrails.Json;

/// <summary>Goes on with a conversation as the caller wrote it: what the model answered, and what is said to that. Everything else stays byte for byte.</summary>
internal static class ConversationTail
{
    /// <summary>The longer conversation; null for requests that are none, or whose format this does not know.</summary>
    public static ReadOnlyMemory<byte>? Append(ReadOnlyMemory<byte> body, string answer, string reply)
    {
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = 128 });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var google = reader.Is("contents"u8);
            var ours = google || reader.Is("messages"u8) || reader.Is("input"u8);
            reader.Read();
            var from = (int)reader.TokenStartIndex;
            var kind = reader.TokenType;
            reader.Skip();
            if (!ours) continue;
            var (a, b) = google ? ("""{"role":"model","parts":[{"text":""", "}]}") : ("""{"role":"assistant","content":""", "}");
            var (c, d) = google ? ("""{"role":"user","parts":[{"text":""", "}]}") : ("""{"role":"user","content":""", "}");
            var tail = $",{a}{Quote(answer)}{b},{c}{Quote(reply)}{d}]";
            var end = (int)reader.BytesConsumed;
            if (kind == JsonTokenType.StartArray) return (byte[])[.. body.Span[..(end - 1)], .. Encoding.UTF8.GetBytes(tail), .. body.Span[end..]];
            if (kind != JsonTokenType.String) return null;
            return (byte[])[.. body.Span[..from], .. Encoding.UTF8.GetBytes($"[{c}"), .. body.Span[from..end], .. Encoding.UTF8.GetBytes(d + tail), .. body.Span[end..]];
        }

        return null;
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
