using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Writes a whole answer.</summary>
internal static class OpenAiChatAnswerWriter
{
    public static void Write(ChatAnswer answer, AnswerContext context, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", answer.Id.Length > 0 ? answer.Id : "chatcmpl-" + context.CallId);
        json.WriteString("object", "chat.completion");
        json.WriteNumber("created", answer.Created ?? context.Created.ToUnixTimeSeconds());
        json.WriteString("model", context.Model);
        json.WriteStartArray("choices");
        for (var i = 0; i < answer.Choices.Count; i++) WriteChoice(answer.Choices[i], i, json);
        json.WriteEndArray();
        if (answer.Usage is { } usage) OpenAiUsage.WriteChat("usage", usage, json);
        json.WriteEndObject();
    }

    private static void WriteChoice(AnswerChoice choice, int index, Utf8JsonWriter json)
    {
        var refusals = choice.Parts.OfType<RefusalPart>().ToList();
        json.WriteStartObject();
        json.WriteNumber("index", index);
        WriteMessage(choice.Parts, refusals, json);
        if (choice.Logprobs.Count > 0)
        {
            json.WriteStartObject("logprobs");
            OpenAiLogprobs.Write("content", choice.Logprobs, json);
            json.WriteNull("refusal");
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("logprobs");
        }

        json.WriteString("finish_reason", OpenAiChatFinish.Write(choice.Finish, refusals.Count > 0));
        json.WriteEndObject();
    }

    private static void WriteMessage(IReadOnlyList<Part> parts, List<RefusalPart> refusals, Utf8JsonWriter json)
    {
        var texts = parts.OfType<TextPart>().ToList();
        var calls = parts.OfType<ToolCallPart>().ToList();
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        if (texts.Count > 0 || (calls.Count == 0 && refusals.Count == 0)) json.WriteString("content", string.Concat(texts.Select(t => t.Text)));
        else json.WriteNull("content");
        if (refusals.Count > 0) json.WriteString("refusal", string.Concat(refusals.Select(r => r.Text)));
        else json.WriteNull("refusal");
        OpenAiChatReasoningFields.Write("reasoning_content", [.. parts.OfType<ReasoningPart>()], toProvider: false, json);
        if (calls.Count > 0) OpenAiChatToolCalls.Write(calls, toProvider: false, json);
        if (texts.Exists(t => t.Citations.Count > 0)) WriteCitations(texts, json);
        json.WriteEndObject();
    }

    // The texts become one: places within them move.
    private static void WriteCitations(List<TextPart> texts, Utf8JsonWriter json)
    {
        var before = 0;
        json.WriteStartArray("annotations");
        foreach (var text in texts)
        {
            foreach (var citation in text.Citations)
            {
                // A source without a place belongs to the whole part.
                OpenAiCitations.WriteChat(citation with { Start = before + (citation.Start ?? 0), End = before + (citation.End ?? text.Text.Length) }, json);
            }

            before += text.Text.Length;
        }

        json.WriteEndArray();
    }
}
