using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>Writes the response object: whole, and within the first and last events of a stream. Fields the SDKs demand are there with the values they have unsaid.</summary>
internal static class OpenAiResponsesObject
{
    public static void Write(Utf8JsonWriter json, string id, long created, string model, OpenAiResponsesOutput? output, Usage? usage, ModelError? error)
    {
        var finish = output?.Finish;
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("object", "response");
        json.WriteNumber("created_at", created);
        json.WriteString("status", StatusOf(finish, error));
        json.WriteBoolean("background", false);
        WriteError(error, json);
        WriteIncomplete(finish, json);
        json.WriteNull("instructions");
        json.WriteNull("max_output_tokens");
        json.WriteString("model", model);
        if (output is not null)
        {
            output.Write(json);
        }
        else
        {
            json.WriteStartArray("output");
            json.WriteEndArray();
        }

        json.WriteBoolean("parallel_tool_calls", true);
        json.WriteNull("previous_response_id");
        json.WriteBoolean("store", false);
        json.WriteNull("temperature");
        json.WriteStartObject("text");
        json.WriteStartObject("format");
        json.WriteString("type", "text");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("tool_choice", "auto");
        json.WriteStartArray("tools");
        json.WriteEndArray();
        json.WriteNull("top_p");
        json.WriteString("truncation", "disabled");
        if (usage is not null) OpenAiUsage.WriteResponses("usage", usage, json);
        else json.WriteNull("usage");
        json.WriteStartObject("metadata");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Word of <c>status</c>.</summary>
    public static string StatusOf(Finish? finish, ModelError? error) =>
        error is not null ? "failed" : finish is null ? "in_progress" : IncompleteReason(finish) is null ? "completed" : "incomplete";

    private static string? IncompleteReason(Finish? finish) => finish?.Reason switch
    {
        FinishReason.Length or FinishReason.Pause or FinishReason.Other => "max_output_tokens",
        FinishReason.ContentFilter => "content_filter",
        _ => null,
    };

    private static void WriteError(ModelError? error, Utf8JsonWriter json)
    {
        if (error is null)
        {
            json.WriteNull("error");
            return;
        }

        json.WriteStartObject("error");
        json.WriteString("code", OpenAiErrorWords.CodeOf(error) ?? OpenAiErrorWords.TypeOf(error.Kind));
        json.WriteString("message", error.Message);
        json.WriteEndObject();
    }

    private static void WriteIncomplete(Finish? finish, Utf8JsonWriter json)
    {
        if (IncompleteReason(finish) is not { } reason)
        {
            json.WriteNull("incomplete_details");
            return;
        }

        json.WriteStartObject("incomplete_details");
        json.WriteString("reason", reason);
        json.WriteEndObject();
    }
}
