using System.Text.Json;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.CohereChat;

/// <summary>Writes <c>messages</c>; every tool's result is a message of its own, thoughts before tool calls are their <c>tool_plan</c>.</summary>
internal sealed class CohereMessageWriter(Utf8JsonWriter json, FormatIssues issues)
{
    public void Write(IReadOnlyList<Message> messages)
    {
        json.WriteStartArray("messages");
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (message.Name is not null) issues.Inexpressible($"messages[{i}].name", "Cohere has no names of speakers.");
            for (var at = 0; at < message.Parts.Count; at++)
                if (message.Parts[at] is ToolResultPart result) WriteResult(result, $"messages[{i}].parts[{at}]");
            if (message.Role == MessageRole.Assistant) WriteAnswer(message);
            else if (message.Parts.Any(p => p is not ToolResultPart)) WriteMessage(message, $"messages[{i}]");
        }

        json.WriteEndArray();
    }

    private static string TextOf(IReadOnlyList<Part> parts) =>
        string.Join('\n', parts.Select(p => p switch { TextPart text => text.Text, RefusalPart refusal => refusal.Text, _ => null }).Where(t => t is not null));

    private void WriteMessage(Message message, string path)
    {
        json.WriteStartObject();
        json.WriteString("role", message.Role is MessageRole.System or MessageRole.Developer ? "system" : "user");
        if (!message.Parts.Any(p => p is MediaPart))
        {
            json.WriteString("content", TextOf(message.Parts));
        }
        else
        {
            json.WriteStartArray("content");
            for (var i = 0; i < message.Parts.Count; i++) WriteBlock(message.Parts[i], $"{path}.parts[{i}]");
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void WriteBlock(Part part, string path)
    {
        switch (part)
        {
            case TextPart { Text.Length: > 0 } text:
                json.WriteStartObject();
                json.WriteString("type", "text");
                json.WriteString("text", text.Text);
                json.WriteEndObject();
                break;
            case MediaPart { Kind: MediaKind.Image } image when image.Data is not null || image.Url is not null:
                json.WriteStartObject();
                json.WriteString("type", "image_url");
                json.WriteStartObject("image_url");
                json.WriteString("url", image.Url ?? $"data:{(image.MediaType.Length > 0 ? image.MediaType : MediaSniff.TypeOf(image.Data!))};base64,{image.Data}");
                if (image.Detail is { } detail) json.WriteString("detail", detail);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case MediaPart:
                issues.Inexpressible(path, "Cohere takes images as base64 or by address, and no other media.");
                break;
        }
    }

    private void WriteAnswer(Message message)
    {
        var text = TextOf(message.Parts);
        var thoughts = string.Concat(message.Parts.OfType<ReasoningPart>().Select(p => p.Text));
        var calls = message.Parts.OfType<ToolCallPart>().ToList();
        if (text.Length == 0 && thoughts.Length == 0 && calls.Count == 0) return;
        json.WriteStartObject();
        json.WriteString("role", "assistant");
        if (text.Length > 0) json.WriteString("content", text);
        if (calls.Count > 0)
        {
            if (thoughts.Length > 0) json.WriteString("tool_plan", thoughts);
            json.WriteStartArray("tool_calls");
            foreach (var call in calls)
            {
                json.WriteStartObject();
                json.WriteString("id", call.Id);
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", call.Name);
                json.WriteString("arguments", call.Arguments.Length > 0 ? call.Arguments : "{}");
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void WriteResult(ToolResultPart result, string path)
    {
        for (var i = 0; i < result.Parts.Count; i++)
            if (result.Parts[i] is MediaPart) issues.Inexpressible($"{path}.parts[{i}]", "Cohere takes results of tools as text.");
        json.WriteStartObject();
        json.WriteString("role", "tool");
        json.WriteString("tool_call_id", result.CallId);
        json.WriteString("content", TextOf(result.Parts));
        json.WriteEndObject();
    }
}
