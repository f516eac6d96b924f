using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Formats.OpenAiChat;

namespace Tidegate.Models.Formats.OpenAiCompletions;

/// <summary>Writes a whole answer.</summary>
internal static class OpenAiCompletionsAnswerWriter
{
    public static void Write(ChatAnswer answer, AnswerContext context, Utf8JsonWriter json)
    {
        WriteHead(answer.Id, answer.Created, context, json);
        json.WriteStartArray("choices");
        for (var i = 0; i < answer.Choices.Count; i++)
        {
            var choice = answer.Choices[i];
            json.WriteStartObject();
            json.WriteString("text", string.Concat(choice.Parts.Select(p => p switch { TextPart text => text.Text, RefusalPart refusal => refusal.Text, _ => "" })));
            json.WriteNumber("index", i);
            OpenAiCompletionsLogprobs.Write(choice.Logprobs, 0, json);
            json.WriteString("finish_reason", FinishWord(choice.Finish));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (answer.Usage is { } usage) OpenAiUsage.WriteChat("usage", usage, json);
        json.WriteEndObject();
    }

    /// <summary>Opens the object of an answer or a chunk.</summary>
    public static void WriteHead(string id, long? created, AnswerContext context, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", id.Length > 0 ? id : "cmpl-" + context.CallId);
        json.WriteString("object", "text_completion");
        json.WriteNumber("created", created ?? context.Created.ToUnixTimeSeconds());
        json.WriteString("model", context.Model);
    }

    /// <summary>Word of <c>finish_reason</c>: this format knows no calls.</summary>
    public static string FinishWord(Finish finish) => OpenAiChatFinish.Write(finish, hasRefusal: false) is var word && word == "tool_calls" ? "stop" : word;
}
