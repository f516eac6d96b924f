using System.Globalization;
using System.Text.Json;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.OllamaChat;

/// <summary>Writes answers, whole or line by line. One answer per call: the first.</summary>
internal static class OllamaAnswerWriter
{
    public static void Write(ChatAnswer answer, AnswerContext context, Utf8JsonWriter json, bool generate)
    {
        var choice = answer.Choices.Count > 0 ? answer.Choices[0] : new AnswerChoice([], new Finish(FinishReason.Other));
        var text = string.Concat(choice.Parts.Select(p => p switch { TextPart t => t.Text, RefusalPart r => r.Text, _ => "" }));
        var thinking = string.Concat(choice.Parts.OfType<ReasoningPart>().Select(p => p.Text));
        json.WriteStartObject();
        WriteBegin(json, context);
        WriteMessage(json, generate, text, thinking, [.. choice.Parts.OfType<ToolCallPart>()]);
        OllamaLogprobs.Write(json, choice.Logprobs);
        WriteDone(json, choice.Finish, answer.Usage);
        json.WriteEndObject();
    }

    public static void WriteBegin(Utf8JsonWriter json, AnswerContext context)
    {
        json.WriteString("model", context.Model);
        json.WriteString("created_at", context.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
    }

    public static void WriteMessage(Utf8JsonWriter json, bool generate, string text, string thinking, IReadOnlyList<ToolCallPart> calls)
    {
        if (generate)
        {
            json.WriteString("response", text);
            if (thinking.Length > 0) json.WriteString("thinking", thinking);
            return;
        }

        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", text);
        if (thinking.Length > 0) json.WriteString("thinking", thinking);
        if (calls.Count > 0)
        {
            json.WriteStartArray("tool_calls");
            for (var i = 0; i < calls.Count; i++) OllamaMessageWriter.WriteCall(json, calls[i], calls[i].Id, i);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    public static void WriteDone(Utf8JsonWriter json, Finish finish, Usage? usage)
    {
        json.WriteBoolean("done", true);
        json.WriteString("done_reason", finish.Reason switch
        {
            FinishReason.Length or FinishReason.Pause or FinishReason.Other => "length",
            FinishReason.ContentFilter or FinishReason.Refusal => "content_filter",
            _ => "stop",
        });
        if (usage is null) return;
        json.WriteNumber("prompt_eval_count", usage.Input);
        json.WriteNumber("eval_count", usage.Output);
    }
}
