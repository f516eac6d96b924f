using System.Text;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Counting;

/// <summary>Tokens of a conversation by rule of thumb, for models whose provider does not count: four bytes of UTF-8 a token, a few for each message, an image as a picture of middle size.</summary>
public static class TokenEstimate
{
    private const int BytesPerToken = 4, PerMessage = 4, PerMedia = 800;

    /// <summary>About how many tokens a model reads. Never 0.</summary>
    public static long Of(ChatRequest request)
    {
        long bytes = 0, tokens = 3;
        foreach (var message in request.Messages)
        {
            tokens += PerMessage;
            foreach (var part in message.Parts) Add(part, ref bytes, ref tokens);
        }

        foreach (var tool in request.Tools)
        {
            tokens += PerMessage;
            bytes += Size(tool.Name) + Size(tool.Description) + (tool.Schema.ValueKind == System.Text.Json.JsonValueKind.Undefined ? 0 : Size(tool.Schema.GetRawText()));
        }

        return tokens + (bytes + BytesPerToken - 1) / BytesPerToken;
    }

    private static void Add(Part part, ref long bytes, ref long tokens)
    {
        switch (part)
        {
            case TextPart text: bytes += Size(text.Text); break;
            case ReasoningPart thought: bytes += Size(thought.Text); break;
            case RefusalPart refusal: bytes += Size(refusal.Text); break;
            case ToolCallPart call: bytes += Size(call.Name) + Size(call.Arguments); break;
            case ToolResultPart result:
                foreach (var inner in result.Parts) Add(inner, ref bytes, ref tokens);
                break;
            case MediaPart: tokens += PerMedia; break;
        }
    }

    private static int Size(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
