using System.Text.Json;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>
/// Writes <c>system</c> and <c>messages</c>. Instructions go to <c>system</c> wherever they stood; results of tools are told by the user; turns of one role that follow
/// each other become one.
/// </summary>
internal sealed class AnthropicMessageWriter(Utf8JsonWriter json, FormatIssues issues)
{
    private readonly AnthropicBlockWriter _blocks = new(json, issues);

    public void Write(IReadOnlyList<Message> messages)
    {
        var turns = Turns.Of(messages, AnthropicBlockWriter.SaysAnything, toolsApart: false, "Anthropic", issues);
        if (turns.System.Count > 0) WriteContent("system", turns.System);
        json.WriteStartArray("messages");
        for (var i = 0; i < turns.All.Count; i++)
        {
            var (role, parts) = turns.All[i];
            json.WriteStartObject();
            json.WriteString("role", role == MessageRole.Assistant ? "assistant" : "user");
            // An answer to be continued must not end in white space.
            WriteContent("content", i == turns.All.Count - 1 && role == MessageRole.Assistant ? Trimmed(parts) : parts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static List<(Part Part, string Path)> Trimmed(List<(Part Part, string Path)> parts) =>
        parts[^1].Part is TextPart text && text.Text.TrimEnd() is { Length: > 0 } trimmed ? [.. parts[..^1], (text with { Text = trimmed }, parts[^1].Path)] : parts;

    private void WriteContent(string name, List<(Part Part, string Path)> parts)
    {
        if (parts is [(TextPart { CacheHint: null, Citations.Count: 0 } text, _)])
        {
            json.WriteString(name, text.Text);
            return;
        }

        json.WriteStartArray(name);
        foreach (var (part, path) in parts) _blocks.Write(part, path);
        json.WriteEndArray();
    }
}
