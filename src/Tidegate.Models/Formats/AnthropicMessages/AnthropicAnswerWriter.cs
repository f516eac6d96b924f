using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>Writes a whole answer for a caller. The format has one answer per call: the first.</summary>
internal static class AnthropicAnswerWriter
{
    public static void Write(ChatAnswer answer, AnswerContext context, Utf8JsonWriter json)
    {
        var choice = answer.Choices.Count > 0 ? answer.Choices[0] : new AnswerChoice([], new Finish(FinishReason.Other));
        json.WriteStartObject();
        json.WriteString("id", Id(answer.Id, context));
        json.WriteString("type", "message");
        json.WriteString("role", "assistant");
        json.WriteString("model", context.Model);
        json.WriteStartArray("content");
        foreach (var part in choice.Parts) WriteBlock(part, json);
        json.WriteEndArray();
        json.WriteString("stop_reason", AnthropicWords.OfStop(choice.Finish));
        json.WriteString("stop_sequence", choice.Finish.StopText);
        AnthropicUsage.Write(json, answer.Usage);
        json.WriteEndObject();
    }

    /// <summary>Id of the message: the provider's own where it looks like one of this format.</summary>
    public static string Id(string id, AnswerContext context) => id.StartsWith("msg_", StringComparison.Ordinal) ? id : "msg_" + context.CallId;

    /// <summary>The model itself calls, and no program it wrote: the vendor's clients want to be told.</summary>
    public static void WriteCaller(Utf8JsonWriter json) => json.WriteRawField("caller", """{"type":"direct"}""");

    private static void WriteBlock(Part part, Utf8JsonWriter json)
    {
        switch (part)
        {
            case TextPart text:
                WriteText(text.Text, text.Citations, json);
                break;
            case RefusalPart refusal:
                WriteText(refusal.Text, [], json);
                break;
            case ReasoningPart { Redacted: { } redacted }:
                json.WriteStartObject();
                json.WriteString("type", "redacted_thinking");
                json.WriteString("data", SignatureOrigin.Show(redacted, SignatureOrigin.Anthropic));
                json.WriteEndObject();
                break;
            case ReasoningPart reasoning:
                json.WriteStartObject();
                json.WriteString("type", "thinking");
                json.WriteString("thinking", reasoning.Text);
                json.WriteString("signature", SignatureOrigin.Show(reasoning.Signature, SignatureOrigin.Anthropic) ?? "");
                json.WriteEndObject();
                break;
            case ToolCallPart call:
                json.WriteStartObject();
                json.WriteString("type", "tool_use");
                json.WriteString("id", call.Id);
                json.WriteString("name", call.Name);
                json.WritePropertyName("input");
                ToolArguments.Write(json, call.Arguments);
                WriteCaller(json);
                json.WriteEndObject();
                break;
        }
    }

    private static void WriteText(string text, IReadOnlyList<Citation> citations, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", text);
        if (citations.Count > 0)
        {
            json.WriteStartArray("citations");
            foreach (var citation in citations) AnthropicCitations.Write(json, citation);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
