using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Writes whole tool calls: of messages and of answers.</summary>
internal static class OpenAiChatToolCalls
{
    public static void Write(IReadOnlyList<ToolCallPart> calls, bool toProvider, Utf8JsonWriter json)
    {
        json.WriteStartArray("tool_calls");
        foreach (var call in calls)
        {
            json.WriteStartObject();
            json.WriteString("id", call.Id);
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", call.Name);
            // Anthropic's and Gemini's calls without arguments may be empty; OpenAI's are always JSON.
            json.WriteString("arguments", call.Arguments.Length == 0 ? "{}" : call.Arguments);
            json.WriteEndObject();
            OpenAiThoughtMark.Write(call.Signature, toProvider, json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
