using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Gateway.Models.Responses;

/// <summary>
/// What a request of the responses API wants of state kept elsewhere. A provider's account is shared by all callers: whatever it keeps, any of them could name. So only what
/// the gateway keeps itself may be named, by <c>previous_response_id</c>; everything else that a provider keeps is refused.
/// </summary>
internal readonly record struct ResponseState
{
    /// <summary>The response it goes on from; null when it begins anew.</summary>
    public string? Previous { get; private init; }

    /// <summary>Why it is refused, with the field; null when it is not.</summary>
    public string? Problem { get; private init; }

    /// <summary>Reads a request, which is valid JSON.</summary>
    public static ResponseState Read(ReadOnlySpan<byte> body)
    {
        string? previous = null;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 128 });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isPrevious, isConversation, isPrompt) = (reader.Is("previous_response_id"u8), reader.Is("conversation"u8), reader.Is("prompt"u8));
            var (isBackground, isInput) = (reader.Is("background"u8), reader.Is("input"u8));
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null) continue;
            if (isPrevious)
            {
                if (reader.TokenType != JsonTokenType.String) return Refuse("previous_response_id", "must be the id of a response, a string.");
                if (previous is not null) return Refuse("previous_response_id", "stands in the body twice: leave one out.");
                previous = JsonText.Unescaped(ref reader);
            }

            if (isConversation) return Refuse("conversation", "conversations kept at the provider are not reachable here, for its account is shared by all callers. Use previous_response_id, or send the conversation in input.");
            if (isPrompt) return Refuse("prompt", "prompts kept at the provider are not reachable here, for its account is shared by all callers. Send the words in instructions and input; prompts of this gateway have paths of their own.");
            if (isBackground && reader.TokenType != JsonTokenType.False)
                return Refuse("background", "responses in the background are kept at the provider, whose account is shared by all callers, and could not be fetched from here. Leave it out, and stream.");
            if (isInput && reader.TokenType == JsonTokenType.StartArray && Reference(ref reader) is { } at)
                return Refuse($"input[{at}]", "references to items kept at the provider are not followed here, for its account is shared by all callers. Send the item itself.");
            reader.Skip();
        }

        return new ResponseState { Previous = previous };
    }

    private static ResponseState Refuse(string field, string why) => new() { Problem = $"{field}: {why}" };

    // Index of the first item that is a reference: by its type, or an id with nothing that could be said beside it.
    private static int? Reference(ref Utf8JsonReader reader)
    {
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (reader.TokenType == JsonTokenType.StartObject && IsReference(ref reader)) return i;
            reader.Skip();
        }

        return null;
    }

    private static bool IsReference(ref Utf8JsonReader reader)
    {
        var (hasId, hasType, hasRole) = (false, false, false);
        var isReference = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (type, id) = (reader.Is("type"u8), reader.Is("id"u8));
            hasRole |= reader.Is("role"u8);
            reader.Read();
            if (type && reader.TokenType != JsonTokenType.Null)
            {
                hasType = true;
                isReference |= reader.TokenType == JsonTokenType.String && reader.Is("item_reference"u8);
            }

            hasId |= id && reader.TokenType == JsonTokenType.String;
            reader.Skip();
        }

        return isReference || (hasId && !hasType && !hasRole);
    }
}
