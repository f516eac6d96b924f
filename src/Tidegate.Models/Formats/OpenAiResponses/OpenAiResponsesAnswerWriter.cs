using System.Text.Json;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>Writes a whole response: by the same items as a stream, told to nobody.</summary>
internal static class OpenAiResponsesAnswerWriter
{
    public static void Write(ChatAnswer answer, AnswerContext context, Utf8JsonWriter json)
    {
        var output = new OpenAiResponsesOutput(context.CallId, new OpenAiResponsesEvents());
        foreach (var next in AnswerEvents.Of(answer)) output.Add(next);
        OpenAiResponsesObject.Write(json, IdOf(answer.Id, context), answer.Created ?? context.Created.ToUnixTimeSeconds(), context.Model, output, answer.Usage, null);
    }

    /// <summary>Ids of responses have a prefix that SDKs and agents look at.</summary>
    public static string IdOf(string id, AnswerContext context) => id.StartsWith("resp_", StringComparison.Ordinal) ? id : "resp_" + context.CallId;
}
