using System.Buffers;
using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats;

/// <summary>Adds the begin of an answer to a request whose conversation is an array <c>messages</c>: everything else stays as it was written.</summary>
/// <param name="MessageFlag">Field of the message that says it is to be gone on with, set to true; null where none is needed.</param>
/// <param name="RootFields">JSON fields, each with a comma behind it, to put first into the request; empty for none.</param>
public sealed record Prefill(string? MessageFlag = null, string RootFields = "")
{
    /// <summary>The last message alone says it, as with Anthropic.</summary>
    public static Prefill ByRole { get; } = new();

    /// <summary>The request with the begun answer; null when it has no such conversation.</summary>
    public ReadOnlyMemory<byte>? Add(ReadOnlyMemory<byte> body, string begun)
    {
        if (Find(body.Span) is not { } at) return null;
        var output = new ArrayBufferWriter<byte>(body.Length + begun.Length + 128);
        output.Write(body.Span[..at.Root]);
        output.Write(System.Text.Encoding.UTF8.GetBytes(RootFields));
        output.Write(body.Span[at.Root..at.MessagesEnd]);
        if (!at.IsEmpty) output.Write(","u8);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("role", "assistant");
            json.WriteString("content", begun);
            if (MessageFlag is not null) json.WriteBoolean(MessageFlag, true);
            json.WriteEndObject();
        }

        output.Write(body.Span[at.MessagesEnd..]);
        return output.WrittenMemory;
    }

    private static (int Root, int MessagesEnd, bool IsEmpty)? Find(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 128 });
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return null;
            var root = (int)json.BytesConsumed;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var found = json.Is("messages"u8);
                json.Read();
                if (!found)
                {
                    json.Skip();
                    continue;
                }

                if (json.TokenType != JsonTokenType.StartArray) return null;
                var empty = true;
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    empty = false;
                    json.Skip();
                }

                return (root, (int)json.TokenStartIndex, empty);
            }
        }
        catch (JsonException)
        {
        }

        return null;
    }
}
