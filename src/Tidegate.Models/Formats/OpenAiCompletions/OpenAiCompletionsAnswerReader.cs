using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiCompletions;

/// <summary>Reads a whole answer.</summary>
internal static class OpenAiCompletionsAnswerReader
{
    public static ChatAnswer Read(JsonElement body)
    {
        if (OpenAiErrors.Of(body, 0) is { } error) throw new ToldErrorException(error);
        var choices = body.Field("choices");
        if (choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0) throw new FormatException("The answer has no choices.");
        return new ChatAnswer
        {
            Id = body.Text("id") ?? "",
            Model = body.Text("model") ?? "",
            Created = body.Whole("created"),
            Choices = [.. choices.EnumerateArray().OrderBy(c => c.Whole("index") ?? 0).Select(Choice)],
            Usage = OpenAiUsage.Read(body.Field("usage")),
        };
    }

    private static AnswerChoice Choice(JsonElement choice)
    {
        var text = choice.Text("text") ?? throw new FormatException("A choice of the answer has no text.");
        if (choice.Text("finish_reason") is not { Length: > 0 } reason) throw new CutOffException();
        return new AnswerChoice([new TextPart(text)], OpenAiChatFinish.Read(reason, hasCalls: false, hasRefusal: false))
        {
            Logprobs = OpenAiCompletionsLogprobs.Read(choice.Field("logprobs")),
        };
    }
}
