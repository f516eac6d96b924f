using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>Reads the content blocks of a caller's messages.</summary>
internal static class AnthropicBlockReader
{
    private const string Known = "text, image, document, search_result, thinking, redacted_thinking, tool_use, tool_result";

    /// <summary>Any block; null when it is wrong or has no counterpart elsewhere.</summary>
    public static Part? Read(RequestObject block)
    {
        switch (block.Text("type", required: true))
        {
            case null: return null;
            case "text": return ReadText(block);
            case "image": return ReadMedia(block, MediaKind.Image);
            case "document": return ReadMedia(block, MediaKind.Document);
            case "search_result": return ReadSearchResult(block);
            case "thinking": return ReadThinking(block);
            case "redacted_thinking": return new ReasoningPart("") { Redacted = SignatureOrigin.Mark(block.Text("data", required: true), SignatureOrigin.Anthropic) };
            case "tool_use": return ReadToolUse(block);
            case "tool_result": return ReadToolResult(block);
            case var other:
                block.Issues.Inexpressible(block.At("type"), $"\"{RequestObject.Short(other)}\" has no counterpart in other formats; known are {Known}.");
                return null;
        }
    }

    /// <summary>A text block, the only kind that stands everywhere.</summary>
    public static Part? ReadText(RequestObject block)
    {
        if (block.Word("type", "text") is null) return null;
        var text = new TextPart(block.Text("text", required: true) ?? "");
        return block.TryGet("citations", out _) ? text with { Citations = AnthropicCitations.ReadAll(block.Element) } : text;
    }

    private static ReasoningPart ReadThinking(RequestObject block) => new(block.Text("thinking", required: true) ?? "")
    {
        Signature = SignatureOrigin.Mark(block.Text("signature"), SignatureOrigin.Anthropic),
    };

    private static ToolCallPart ReadToolUse(RequestObject block)
    {
        var input = block.Child("input", required: true)?.Element ?? default;
        block.Ignore("caller");
        return new ToolCallPart(block.Text("id", required: true) ?? "", block.Text("name", required: true) ?? "", ToolArguments.Read(input));
    }

    private static ToolResultPart ReadToolResult(RequestObject block)
    {
        List<Part> parts = block.Has("content") ? AnthropicMessageReader.ReadContent(block, "content", Read) : [];
        return new ToolResultPart(block.Text("tool_use_id", required: true) ?? "", parts) { IsError = block.Flag("is_error") ?? false };
    }

    private static MediaPart? ReadMedia(RequestObject block, MediaKind kind)
    {
        if (block.Child("source", required: true) is not { } source) return null;
        var media = source.Text("type", required: true) switch
        {
            "base64" => new MediaPart(kind, source.Text("media_type", required: true) ?? "", source.Text("data", required: true), null),
            "url" => new MediaPart(kind, "", null, source.Text("url", required: true)),
            "file" => new MediaPart(kind, "", null, null) { FileId = source.Text("file_id", required: true) },
            "text" when kind == MediaKind.Document => OfText(source.Text("data", required: true) ?? ""),
            "content" when kind == MediaKind.Document => OfText(TextOf(AnthropicMessageReader.ReadContent(source, "content", ReadText))),
            null => null,
            _ => Wrong(source, kind == MediaKind.Document ? "must be one of base64, url, file, text, content." : "must be one of base64, url, file."),
        };
        if (media is null || kind != MediaKind.Document) return media;
        return media with { Name = block.Text("title"), Context = block.Text("context"), Cite = block.Child("citations")?.Flag("enabled") ?? false };
    }

    // Other formats know no search results; a document says the same.
    private static MediaPart ReadSearchResult(RequestObject block)
    {
        var text = TextOf(AnthropicMessageReader.ReadContent(block, "content", ReadText));
        return OfText(text) with
        {
            Name = block.Text("title", required: true),
            Context = block.Text("source", required: true),
            Cite = block.Child("citations")?.Flag("enabled") ?? false,
        };
    }

    private static string TextOf(List<Part> parts) => string.Join("\n\n", parts.OfType<TextPart>().Select(p => p.Text));

    private static MediaPart OfText(string text) => new(MediaKind.Document, "text/plain", Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), null);

    private static MediaPart? Wrong(RequestObject source, string message)
    {
        source.Wrong("type", message);
        return null;
    }
}
