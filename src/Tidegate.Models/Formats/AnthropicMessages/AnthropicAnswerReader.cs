using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>Reads a whole answer.</summary>
internal static class AnthropicAnswerReader
{
    public static ChatAnswer Read(JsonElement body)
    {
        if (body.Field("content").ValueKind != JsonValueKind.Array) throw new FormatException("The provider's answer has no content: it is no message.");
        if (body.Text("stop_reason") is not { Length: > 0 } reason) throw new CutOffException();
        var parts = new List<Part>();
        foreach (var block in body.Items("content"))
            if (ReadBlock(block) is { } part) parts.Add(part);
        return new ChatAnswer
        {
            Id = body.Text("id") ?? "",
            Model = body.Text("model") ?? "",
            Usage = AnthropicUsage.Read(body.Field("usage")),
            Choices = [new AnswerChoice(parts, AnthropicWords.ReadStop(reason, body.Text("stop_sequence")))],
        };
    }

    // Blocks of tools that the provider itself ran are its own affair: the texts that rest on them follow.
    private static Part? ReadBlock(JsonElement block) => block.Text("type") switch
    {
        "text" => new TextPart(block.Text("text") ?? "") { Citations = AnthropicCitations.ReadAll(block) },
        "thinking" => new ReasoningPart(block.Text("thinking") ?? "") { Signature = SignatureOrigin.Mark(block.Text("signature"), SignatureOrigin.Anthropic) },
        "redacted_thinking" => new ReasoningPart("") { Redacted = SignatureOrigin.Mark(block.Text("data"), SignatureOrigin.Anthropic) },
        "tool_use" => new ToolCallPart(block.Text("id") ?? "", block.Text("name") ?? "", ToolArguments.Read(block.Field("input"))),
        _ => null,
    };
}
