using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>
/// Writes the messages of a request. Results of tools are text here: their images and files follow as a message of the user once the results are complete, because
/// every call must be answered before anyone else speaks.
/// </summary>
internal sealed class OpenAiChatMessageWriter(OpenAiChatQuirks quirks, Utf8JsonWriter json, FormatIssues issues)
{
    private readonly OpenAiChatPartWriter _parts = new(quirks, json, issues);
    private readonly List<(string CallId, MediaPart Media, string Path)> _pending = [];

    public void Write(IReadOnlyList<Message> messages)
    {
        json.WriteStartArray("messages");
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            var path = $"messages[{i}]";
            if (message.Role != MessageRole.Tool) WritePending();
            switch (message.Role)
            {
                case MessageRole.Tool:
                    for (var p = 0; p < message.Parts.Count; p++) WriteResult(message.Parts[p], $"{path}.parts[{p}]");
                    break;
                case MessageRole.Assistant:
                    WriteAssistant(message, path);
                    break;
                default:
                    Begin(RoleOf(message.Role), message.Name);
                    _parts.WriteContent(message.Parts, path);
                    json.WriteEndObject();
                    break;
            }
        }

        WritePending();
        json.WriteEndArray();
    }

    private void Begin(string role, string? name)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.Optional("name", name);
    }

    private string RoleOf(MessageRole role) => role switch
    {
        MessageRole.System => "system",
        MessageRole.Developer => quirks.DeveloperRole ? "developer" : "system",
        _ => "user",
    };

    private void WriteAssistant(Message message, string path)
    {
        Begin("assistant", message.Name);
        var calls = message.Parts.OfType<ToolCallPart>().ToList();
        var refusals = message.Parts.OfType<RefusalPart>().ToList();
        var said = message.Parts.Where(p => p is not (ToolCallPart or ReasoningPart or RefusalPart)).ToList();
        if (said.Count > 0) _parts.WriteContent(said, path);
        else if (calls.Count > 0 || refusals.Count > 0) json.WriteNull("content");
        else json.WriteString("content", "");
        if (refusals.Count > 0) json.WriteString("refusal", string.Concat(refusals.Select(r => r.Text)));
        if (quirks.ReasoningField is { } field) OpenAiChatReasoningFields.Write(field, [.. message.Parts.OfType<ReasoningPart>()], toProvider: true, json);
        if (calls.Count > 0) OpenAiChatToolCalls.Write(calls, toProvider: true, json);
        json.WriteEndObject();
    }

    private void WriteResult(Part part, string path)
    {
        if (part is not ToolResultPart result)
        {
            issues.Inexpressible(path, "a message of a tool holds results only");
            return;
        }

        Begin("tool", null);
        json.WriteString("tool_call_id", result.CallId);
        var texts = new List<Part>();
        var parts = OpenAiToolFailure.Tell(result);
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i] is TextPart) texts.Add(parts[i]);
            else if (parts[i] is MediaPart media) _pending.Add((result.CallId, media, $"{path}.parts[{i}]"));
            else issues.Inexpressible($"{path}.parts[{i}]", "results of tools are text");
        }

        _parts.WriteContent(texts, path);
        json.WriteEndObject();
    }

    private void WritePending()
    {
        if (_pending.Count == 0) return;
        Begin("user", null);
        json.WriteStartArray("content");
        var last = "";
        foreach (var (callId, media, path) in _pending)
        {
            if (callId != last) _parts.WritePart(new TextPart($"Attached to the result of {callId}:"), path);
            last = callId;
            _parts.WritePart(media, path);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        _pending.Clear();
    }
}
