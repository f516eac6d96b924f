using System.Buffers;
using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Gateway.Models.Faces;

/// <summary>Google's requests name the model in the path and, where they batch or count, again inside: <c>models/{model}</c> at the places known of it.</summary>
internal static class GoogleNames
{
    /// <summary>The body with the target's name in those places; everything else stays as it was written.</summary>
    public static ReadOnlyMemory<byte> Make(ReadOnlyMemory<byte> body, string model)
    {
        var span = body.Span;
        if (span.IndexOf("\"model\""u8) < 0) return body;
        var output = new ArrayBufferWriter<byte>(span.Length + 64);
        var reader = new Utf8JsonReader(span, new JsonReaderOptions { MaxDepth = 128 });
        var (copied, inside) = (0, "");
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            var depth = reader.CurrentDepth;
            if (depth == 1) inside = reader.Is("requests"u8) ? "requests" : reader.Is("generateContentRequest"u8) ? "generateContentRequest" : "";
            var named = reader.Is("model"u8) && (depth == 1 || (depth == 2 && inside == "generateContentRequest") || (depth == 3 && inside == "requests"));
            if (!named || !reader.Read() || reader.TokenType != JsonTokenType.String) continue;
            output.Write(span[copied..(int)reader.TokenStartIndex]);
            output.Write("\"models/"u8);
            output.Write(JsonEncodedText.Encode(model).EncodedUtf8Bytes);
            output.Write("\""u8);
            copied = (int)reader.BytesConsumed;
        }

        if (copied == 0) return body;
        output.Write(span[copied..]);
        return output.WrittenMemory;
    }
}
