using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Gateway.Models.Responses;

/// <summary>The bytes of conversations of the responses API: what a request adds to one, what an answer does, and a request with all of it.</summary>
internal static class ResponseChain
{
    /// <summary>True unless the caller wants nothing to be kept.</summary>
    public static bool IsKept(ReadOnlyMemory<byte> body)
    {
        if (body.Span.IndexOf("\"store\""u8) < 0) return true;
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 128 });
        return !document.RootElement.TryField("store", out var store) || store.ValueKind != JsonValueKind.False;
    }

    /// <summary>The request with an earlier conversation before its input, and without the name of that.</summary>
    public static ReadOnlyMemory<byte> Expand(ReadOnlyMemory<byte> body, byte[] earlier)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 128 });
        var output = new ArrayBufferWriter<byte>(body.Length + earlier.Length + 16);
        output.Write("{\"input\":["u8);
        output.Write(earlier);
        var added = Items(document.RootElement);
        if (earlier.Length > 0 && added.Length > 0) output.Write(","u8);
        output.Write(added);
        output.Write("]"u8);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.NameText() is "input" or "previous_response_id") continue;
            output.Write(",\""u8);
            output.Write(JsonMarshal.GetRawUtf8PropertyName(property));
            output.Write("\":"u8);
            output.Write(JsonMarshal.GetRawUtf8Value(property.Value));
        }

        output.Write("}"u8);
        return output.WrittenMemory;
    }

    /// <summary>The conversation after a call: its input, which may hold an earlier one, and its output; and the response alone. Null when the answer is no whole response.</summary>
    public static (string Id, byte[] Items, byte[] Response)? After(ReadOnlyMemory<byte> body, ReadOnlyMemory<byte> answer, bool streamed)
    {
        try
        {
            using var asked = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 128 });
            using var told = JsonDocument.Parse(streamed ? Completed(answer) : answer, new JsonDocumentOptions { MaxDepth = 128 });
            var response = streamed && told.RootElement.TryField("response", out var inner) ? inner : told.RootElement;
            if (response.Text("id") is not { } id || !response.TryField("output", out var output) || output.ValueKind != JsonValueKind.Array) return null;
            var items = new ArrayBufferWriter<byte>();
            items.Write(Items(asked.RootElement));
            foreach (var item in output.EnumerateArray()) Add(items, item);
            return (id, items.WrittenSpan.ToArray(), JsonMarshal.GetRawUtf8Value(response).ToArray());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The items of "input", without the brackets; a text alone is what the user says.
    private static byte[] Items(JsonElement request)
    {
        if (!request.TryField("input", out var input)) return [];
        var raw = JsonMarshal.GetRawUtf8Value(input);
        return input.ValueKind switch
        {
            JsonValueKind.String => [.. "{\"type\":\"message\",\"role\":\"user\",\"content\":"u8, .. raw, .. "}"u8],
            JsonValueKind.Array => raw[1..^1].Trim(" \t\r\n"u8).ToArray(),
            _ => raw.ToArray(), // wrong, and the reader of the request says so
        };
    }

    // Ids are the answering provider's own: another one knows none of them, nor thoughts whose content is not there.
    private static void Add(ArrayBufferWriter<byte> items, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object) return;
        var thought = item.Text("type") == "reasoning";
        if (thought && item.Text("encrypted_content") is null) return;
        items.Write(items.WrittenCount > 0 ? ",{"u8 : "{"u8);
        var first = true;
        foreach (var property in item.EnumerateObject())
        {
            if (!thought && property.NameText() == "id") continue;
            items.Write(first ? "\""u8 : ",\""u8);
            first = false;
            items.Write(JsonMarshal.GetRawUtf8PropertyName(property));
            items.Write("\":"u8);
            items.Write(JsonMarshal.GetRawUtf8Value(property.Value));
        }

        items.Write("}"u8);
    }

    // Data of the last event of a stream that tells a whole response.
    private static ReadOnlyMemory<byte> Completed(ReadOnlyMemory<byte> stream)
    {
        var text = Encoding.UTF8.GetString(stream.Span);
        foreach (var line in text.Split('\n').Reverse())
        {
            if (line.StartsWith("data:", StringComparison.Ordinal) && (line.Contains("\"response.completed\"", StringComparison.Ordinal) || line.Contains("\"response.incomplete\"", StringComparison.Ordinal)))
                return Encoding.UTF8.GetBytes(line["data:".Length..]);
        }

        return ReadOnlyMemory<byte>.Empty; // no JSON: nothing is kept
    }
}
