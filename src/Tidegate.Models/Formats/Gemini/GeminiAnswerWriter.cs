using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>Writes a whole answer for a caller, and the pieces of which a streamed one is made as well.</summary>
internal static class GeminiAnswerWriter
{
    public static void Write(ChatAnswer answer, AnswerContext context, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("candidates");
        for (var i = 0; i < answer.Choices.Count; i++)
        {
            var choice = answer.Choices[i];
            BeginCandidate(json);
            foreach (var part in choice.Parts) WritePart(part, json);
            EndCandidate(json, i, choice.Finish);
            var text = string.Concat(choice.Parts.OfType<TextPart>().Select(p => p.Text));
            GeminiCitations.Write(json, [.. choice.Parts.OfType<TextPart>().SelectMany(p => p.Citations)], text);
            GeminiLogprobs.Write(json, choice.Logprobs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        GeminiUsage.Write(json, answer.Usage);
        WriteEnd(json, answer.Id, context);
        json.WriteEndObject();
    }

    public static void BeginCandidate(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("content");
        json.WriteStartArray("parts");
    }

    /// <summary>Ends the parts; the candidate itself stays open.</summary>
    public static void EndCandidate(Utf8JsonWriter json, int index, Finish? finish)
    {
        json.WriteEndArray();
        json.WriteString("role", "model");
        json.WriteEndObject();
        if (finish is not null) json.WriteString("finishReason", GeminiWords.OfFinish(finish.Reason));
        json.WriteNumber("index", index);
    }

    public static void WriteEnd(Utf8JsonWriter json, string id, AnswerContext context)
    {
        json.WriteString("modelVersion", context.Model);
        json.WriteString("responseId", id.Length > 0 ? id : context.CallId);
    }

    public static void WritePart(Part part, Utf8JsonWriter json)
    {
        switch (part)
        {
            case TextPart text:
                WriteText(json, text.Text, false, null);
                break;
            case RefusalPart refusal:
                WriteText(json, refusal.Text, false, null);
                break;
            // Encrypted thoughts of others have no place here.
            case ReasoningPart { Redacted: null } reasoning:
                WriteText(json, reasoning.Text, reasoning.Text.Length > 0, reasoning.Signature);
                break;
            case ToolCallPart call:
                json.WriteStartObject();
                json.WriteStartObject("functionCall");
                json.WriteString("id", call.Id);
                json.WriteString("name", call.Name);
                json.WritePropertyName("args");
                ToolArguments.Write(json, call.Arguments);
                json.WriteEndObject();
                if (SignatureOrigin.Show(call.Signature, SignatureOrigin.Gemini) is { } signature) json.WriteString("thoughtSignature", signature);
                json.WriteEndObject();
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter json, string text, bool thought, string? signature)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        if (thought) json.WriteBoolean("thought", true);
        if (SignatureOrigin.Show(signature, SignatureOrigin.Gemini) is { } shown) json.WriteString("thoughtSignature", shown);
        json.WriteEndObject();
    }
}
