using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.CohereChat;

/// <summary>Reads whole answers, and the words that streams share with them.</summary>
internal static class CohereAnswerReader
{
    public static ChatAnswer Read(JsonElement body)
    {
        var message = body.Child("message");
        if (!message.IsThere()) throw new FormatException("The provider's answer has no message.");
        var finish = body.Text("finish_reason");
        if (IsFailure(finish)) throw new FormatException($"The provider broke off its answer: {finish}.");
        if (string.IsNullOrEmpty(finish)) throw new CutOffException();
        var parts = new List<Part>();
        if (message.Text("tool_plan") is { Length: > 0 } plan) parts.Add(new ReasoningPart(plan));
        IReadOnlyList<Citation> citations = [.. message.Items("citations").Select(ReadCitation)];
        foreach (var block in message.Items("content"))
        {
            if (block.Text("thinking") is { } thinking) parts.Add(new ReasoningPart(thinking));
            if (block.Text("text") is not { } text) continue;
            parts.Add(new TextPart(text) { Citations = citations });
            citations = [];
        }

        foreach (var call in message.Items("tool_calls"))
            parts.Add(new ToolCallPart(call.Text("id") ?? "", call.Field("function").Text("name") ?? "", ToolArguments.Read(call.Field("function").Field("arguments"))));
        return new ChatAnswer
        {
            Id = body.Text("id") ?? "",
            Usage = ReadUsage(body.Field("usage")),
            Choices = [new AnswerChoice(parts, ReadFinish(finish)) { Logprobs = [.. body.Items("logprobs").Select(ReadLogprob)] }],
        };
    }

    /// <summary>Ends that are none.</summary>
    public static bool IsFailure(string? finish) => finish is "ERROR" or "TIMEOUT" or "NETWORK_ERROR";

    public static Finish ReadFinish(string? finish) => new(finish switch
    {
        "COMPLETE" or "STOP_SEQUENCE" => FinishReason.Stop,
        "MAX_TOKENS" or "ERROR_LIMIT" => FinishReason.Length,
        "TOOL_CALL" => FinishReason.ToolCalls,
        "ERROR_TOXIC" => FinishReason.ContentFilter,
        _ => FinishReason.Other,
    });

    /// <summary>What is billed, which leaves out the provider's own template; where it does not say, what was counted.</summary>
    public static Usage? ReadUsage(JsonElement usage)
    {
        if (usage.ValueKind != JsonValueKind.Object) return null;
        var tokens = usage.Field("billed_units").Whole("input_tokens") is null ? usage.Field("tokens") : usage.Field("billed_units");
        return new Usage { Input = tokens.Whole("input_tokens") ?? 0, Output = tokens.Whole("output_tokens") ?? 0, CachedInput = usage.Whole("cached_tokens") ?? 0 };
    }

    public static Citation ReadCitation(JsonElement citation)
    {
        var source = citation.Items("sources").FirstOrDefault();
        var document = source.Field("document");
        return new Citation(document.Text("url"), document.Text("title") ?? source.Text("id"), document.Text("snippet"), (int?)citation.Whole("start"), (int?)citation.Whole("end"));
    }

    /// <summary>An entry is a piece of text with the probabilities of its tokens, mostly one.</summary>
    public static TokenLogprob ReadLogprob(JsonElement entry) =>
        new(entry.Text("text") ?? "", entry.Items("logprobs").Sum(p => p.ValueKind == JsonValueKind.Number && p.TryGetDouble(out var number) ? number : 0), []);
}
