using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OllamaChat;

/// <summary>Writes <c>messages</c>: one text each, images beside it, every tool's result a message of its own.</summary>
internal sealed class OllamaMessageWriter(Utf8JsonWriter json, FormatIssues issues)
{
    private readonly Dictionary<string, string> _names = [];

    public void Write(IReadOnlyList<Message> messages)
    {
        json.WriteStartArray("messages");
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (message.Name is not null) issues.Inexpressible($"messages[{i}].name", "Ollama has no names of speakers.");
            foreach (var call in message.Parts.OfType<ToolCallPart>()) _names[call.Id] = call.Name;
            for (var at = 0; at < message.Parts.Count; at++)
                if (message.Parts[at] is ToolResultPart result) WriteResult(result, $"messages[{i}].parts[{at}]");
            if (message.Parts.Any(p => p is not ToolResultPart)) WriteMessage(message, $"messages[{i}]");
        }

        json.WriteEndArray();
    }

    private static string TextOf(IReadOnlyList<Part> parts) =>
        string.Join('\n', parts.Select(p => p switch { TextPart text => text.Text, RefusalPart refusal => refusal.Text, _ => null }).Where(t => t is not null));

    private void WriteMessage(Message message, string path)
    {
        json.WriteStartObject();
        json.WriteString("role", message.Role switch
        {
            MessageRole.System or MessageRole.Developer => "system",
            MessageRole.Assistant => "assistant",
            MessageRole.Tool => "tool",
            _ => "user",
        });
        json.WriteString("content", TextOf(message.Parts));
        var thoughts = string.Concat(message.Parts.OfType<ReasoningPart>().Select(p => p.Text));
        if (thoughts.Length > 0) json.WriteString("thinking", thoughts);
        WriteImages(message.Parts, path);
        WriteCalls(message.Parts);
        json.WriteEndObject();
    }

    private void WriteResult(ToolResultPart result, string path)
    {
        json.WriteStartObject();
        json.WriteString("role", "tool");
        json.WriteString("content", TextOf(result.Parts));
        if ((result.Name ?? _names.GetValueOrDefault(result.CallId)) is { } name) json.WriteString("tool_name", name);
        if (result.CallId.Length > 0 && !MadeCallIds.IsMade(result.CallId)) json.WriteString("tool_call_id", result.CallId);
        WriteImages(result.Parts, path);
        json.WriteEndObject();
    }

    private void WriteImages(IReadOnlyList<Part> parts, string path)
    {
        for (var i = 0; i < parts.Count; i++)
            if (parts[i] is MediaPart media && media is not { Kind: MediaKind.Image, Data: not null }) issues.Inexpressible($"{path}.parts[{i}]", "Ollama takes images as base64 and no other media.");
        var images = parts.OfType<MediaPart>().Where(m => m is { Kind: MediaKind.Image, Data: not null }).ToList();
        if (images.Count == 0) return;
        json.WriteStartArray("images");
        foreach (var image in images) json.WriteStringValue(image.Data);
        json.WriteEndArray();
    }

    private void WriteCalls(IReadOnlyList<Part> parts)
    {
        if (!parts.Any(p => p is ToolCallPart)) return;
        json.WriteStartArray("tool_calls");
        foreach (var call in parts.OfType<ToolCallPart>()) WriteCall(json, call, MadeCallIds.IsMade(call.Id) ? "" : call.Id);
        json.WriteEndArray();
    }

    /// <summary>A call, in requests and answers.</summary>
    public static void WriteCall(Utf8JsonWriter json, ToolCallPart call, string id, int? index = null)
    {
        json.WriteStartObject();
        if (id.Length > 0) json.WriteString("id", id);
        json.WriteStartObject("function");
        if (index is { } at) json.WriteNumber("index", at);
        json.WriteString("name", call.Name);
        json.WritePropertyName("arguments");
        ToolArguments.Write(json, call.Arguments);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
