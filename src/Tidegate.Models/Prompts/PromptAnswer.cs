using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Costs;
using Tidegate.Models.Json;

namespace Tidegate.Models.Prompts;

/// <summary>Answers to callers of prompts. Made in two steps: the text is what guardrails look at, and the JSON in it is that of the text they leave.</summary>
public static class PromptAnswer
{
    private static readonly (FinishReason Reason, string Word)[] Words =
    [
        (FinishReason.Stop, "stop"), (FinishReason.Length, "length"), (FinishReason.ToolCalls, "tool_calls"), (FinishReason.ContentFilter, "content_filter"), (FinishReason.Refusal, "refusal"),
        (FinishReason.Pause, "pause"),
    ];

    /// <summary>Writes the text, and what is only known of the model's own answer.</summary>
    internal static void WriteDraft(ChatAnswer answer, Utf8JsonWriter json)
    {
        var choice = answer.Choices.Count > 0 ? answer.Choices[0] : new AnswerChoice([], new Finish(FinishReason.Other));
        json.WriteStartObject();
        json.WriteString("text"u8, string.Concat(choice.Parts.Select(p => p switch { TextPart text => text.Text, RefusalPart refusal => refusal.Text, _ => "" })));
        json.WriteString("finishReason"u8, Word(choice.Finish.Reason));
        WriteUsage(answer.Usage, json);
        json.WriteEndObject();
    }

    /// <summary>The answer.</summary>
    /// <param name="draft">What <see cref="PromptFormat.WriteAnswer"/> wrote, and guardrails left.</param>
    /// <param name="format">Whose answer it is.</param>
    /// <param name="model">Alias that answered.</param>
    /// <param name="cost">What it cost.</param>
    public static ReadOnlyMemory<byte> Complete(ReadOnlyMemory<byte> draft, PromptFormat format, string model, CallCost cost)
    {
        ArgumentNullException.ThrowIfNull(format);
        using var document = JsonDocument.Parse(draft);
        var root = document.RootElement;
        var text = JsonText.Read(root.GetProperty("text"u8));
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            WriteHead(format, model, json);
            json.WriteString("text"u8, text);
            if (format.HasShape) WriteOutput(text, json);
            json.WriteString("finishReason"u8, root.GetProperty("finishReason"u8).GetString());
            json.WritePropertyName("usage"u8);
            root.GetProperty("usage"u8).WriteTo(json);
            WriteCost(cost, json);
            json.WriteEndObject();
        }

        return output.ToArray();
    }

    internal static JsonWriterOptions Options { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void WriteHead(PromptFormat format, string model, Utf8JsonWriter json)
    {
        json.WriteString("prompt"u8, format.Prompt);
        json.WriteString("version"u8, format.Version);
        json.WriteString("model"u8, model);
    }

    /// <summary>The text as JSON; null when it is none: it was cut off, or the model declined.</summary>
    internal static void WriteOutput(string text, Utf8JsonWriter json)
    {
        json.WritePropertyName("output"u8);
        try
        {
            using var output = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 128 });
            output.RootElement.WriteTo(json);
        }
        catch (Exception e) when (e is JsonException or EncoderFallbackException or ArgumentException)
        {
            json.WriteNullValue();
        }
    }

    internal static void WriteUsage(Usage? usage, Utf8JsonWriter json)
    {
        if (usage is null)
        {
            json.WriteNull("usage"u8);
            return;
        }

        json.WriteStartObject("usage"u8);
        json.WriteNumber("inputTokens"u8, usage.Input);
        json.WriteNumber("cachedInputTokens"u8, usage.CachedInput);
        json.WriteNumber("outputTokens"u8, usage.Output);
        json.WriteNumber("reasoningTokens"u8, usage.Reasoning);
        json.WriteBoolean("estimated"u8, usage.Estimated);
        json.WriteEndObject();
    }

    internal static void WriteCost(CallCost cost, Utf8JsonWriter json)
    {
        if (cost.Amount is not { } amount)
        {
            json.WriteNull("cost"u8);
            return;
        }

        json.WriteStartObject("cost"u8);
        json.WriteNumber("amount"u8, amount);
        json.WriteString("currency"u8, cost.Currency);
        json.WriteEndObject();
    }

    internal static string Word(FinishReason reason) => Words.FirstOrDefault(w => w.Reason == reason).Word ?? "other";

    internal static FinishReason Reason(string? word) => Words.FirstOrDefault(w => w.Word == word) is { Word: not null } known ? known.Reason : FinishReason.Other;
}
