using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Reads a whole answer.</summary>
internal static class OpenAiChatAnswerReader
{
    public static ChatAnswer Read(JsonElement body)
    {
        // Routers answer 200 and an error.
        if (OpenAiErrors.Of(body, 0) is { } error) throw new ToldErrorException(error);
        var choices = body.Field("choices");
        if (choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0) throw new FormatException("The answer has no choices.");
        var sources = OpenAiCitations.ReadAddresses(body).ToList();
        return new ChatAnswer
        {
            Id = body.Text("id") ?? "",
            Model = body.Text("model") ?? "",
            Created = body.Whole("created"),
            Choices = [.. choices.EnumerateArray().OrderBy(c => c.Whole("index") ?? 0).Select(c => Choice(c, sources))],
            Usage = OpenAiUsage.Read(body.Field("usage")),
        };
    }

    private static AnswerChoice Choice(JsonElement choice, List<Citation> sources)
    {
        var message = choice.Field("message");
        if (message.ValueKind != JsonValueKind.Object) throw new FormatException("A choice of the answer has no message.");
        var parts = new List<Part>(OpenAiChatReasoningFields.ReadAll(message.Text("reasoning_content") ?? message.Text("reasoning"), message.Field("reasoning_details")));
        parts.AddRange(OpenAiChatContent.Read(message.Field("content")));
        Cite(parts, [.. OpenAiCitations.Read(message.Field("annotations")), .. sources]);
        if (message.Text("refusal") is { Length: > 0 } refusal) parts.Add(new RefusalPart(refusal));
        foreach (var call in message.Items("tool_calls")) parts.Add(Call(call, parts));
        if (message.Field("function_call") is { ValueKind: JsonValueKind.Object } old) parts.Add(new ToolCallPart(old.Text("name") ?? "", old.Text("name") ?? "", old.Text("arguments") ?? ""));
        if (choice.Text("finish_reason") is not { Length: > 0 } reason) throw new CutOffException();
        var finish = OpenAiChatFinish.Read(reason, parts.Exists(p => p is ToolCallPart), parts.Exists(p => p is RefusalPart));
        return new AnswerChoice(parts, finish) { Logprobs = OpenAiLogprobs.Read(choice.Field("logprobs").Field("content")) };
    }

    private static ToolCallPart Call(JsonElement call, List<Part> before)
    {
        var function = call.Field("function");
        return new ToolCallPart(
            call.Text("id") is { Length: > 0 } id ? id : $"call_{before.Count(p => p is ToolCallPart)}",
            function.Text("name") ?? "",
            OpenAiChatContent.Arguments(function))
        { Signature = OpenAiThoughtMark.Read(call.Field("extra_content")) };
    }

    private static void Cite(List<Part> parts, List<Citation> citations)
    {
        if (citations.Count == 0) return;
        var at = parts.FindLastIndex(p => p is TextPart);
        if (at >= 0) parts[at] = (TextPart)parts[at] with { Citations = citations };
    }
}
