using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.BedrockConverse;

/// <summary>Reads whole answers, and the words that streams share with them.</summary>
internal static class BedrockAnswerReader
{
    public static ChatAnswer Read(JsonElement body)
    {
        var message = body.Field("output").Child("message");
        if (!message.IsThere()) throw new FormatException("The provider's answer has no message.");
        if (body.Text("stopReason") is not { Length: > 0 } reason) throw new CutOffException();
        var parts = new List<Part>();
        foreach (var block in message.Items("content"))
            if (ReadBlock(block) is { } part) parts.Add(part);
        return new ChatAnswer { Usage = ReadUsage(body.Field("usage")), Choices = [new AnswerChoice(parts, ReadStop(reason))] };
    }

    public static Finish ReadStop(string? reason) => new(reason switch
    {
        "end_turn" or "stop_sequence" => FinishReason.Stop,
        "tool_use" => FinishReason.ToolCalls,
        "max_tokens" or "model_context_window_exceeded" => FinishReason.Length,
        "guardrail_intervened" or "content_filtered" => FinishReason.ContentFilter,
        "refusal" => FinishReason.Refusal,
        _ => FinishReason.Other,
    });

    /// <summary>Input from the cache and into it stands beside the rest.</summary>
    public static Usage? ReadUsage(JsonElement usage)
    {
        if (usage.ValueKind != JsonValueKind.Object) return null;
        var cached = usage.Whole("cacheReadInputTokens") ?? 0;
        var written = usage.Whole("cacheWriteInputTokens") ?? 0;
        return new Usage { Input = (usage.Whole("inputTokens") ?? 0) + cached + written, CachedInput = cached, CacheWrite = written, Output = usage.Whole("outputTokens") ?? 0 };
    }

    public static Citation ReadCitation(JsonElement citation) =>
        new(citation.Field("location").Field("web").Text("url"), citation.Text("title") ?? citation.Text("source"), citation.Items("sourceContent").Select(c => c.Text("text")).FirstOrDefault());

    private static Part? ReadBlock(JsonElement block)
    {
        if (block.Text("text") is { } text) return new TextPart(text);
        if (block.Child("toolUse") is { ValueKind: JsonValueKind.Object } call) return new ToolCallPart(call.Text("toolUseId") ?? "", call.Text("name") ?? "", ToolArguments.Read(call.Field("input")));
        if (block.Child("citationsContent") is { ValueKind: JsonValueKind.Object } cited)
            return new TextPart(string.Concat(cited.Items("content").Select(c => c.Text("text")))) { Citations = [.. cited.Items("citations").Select(ReadCitation)] };
        var thoughts = block.Field("reasoningContent");
        if (thoughts.Text("redactedContent") is { } redacted) return new ReasoningPart("") { Redacted = SignatureOrigin.Mark(redacted, SignatureOrigin.Anthropic) };
        var said = thoughts.Child("reasoningText");
        return said.IsThere() ? new ReasoningPart(said.Text("text") ?? "") { Signature = SignatureOrigin.Mark(said.Text("signature"), SignatureOrigin.Anthropic) } : null;
    }
}
