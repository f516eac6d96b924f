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
        var system = new List<(Part Part, string Path)>();
        var turns = new List<Turn>();
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (message.Name is not null) issues.Inexpressible($"messages[{i}].name", "Anthropic has no names of speakers.");
            var parts = message.Parts.Select((part, at) => (part, $"messages[{i}].parts[{at}]")).Where(p => AnthropicBlockWriter.SaysAnything(p.part));
            if (message.Role is MessageRole.System or MessageRole.Developer) system.AddRange(parts);
            else Add(turns, message.Role == MessageRole.Assistant ? "assistant" : "user", parts);
        }

        if (system.Count > 0) WriteContent("system", system);
        json.WriteStartArray("messages");
        for (var i = 0; i < turns.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("role", turns[i].Role);
            // An answer to be continued must not end in white space.
            WriteContent("content", i == turns.Count - 1 && turns[i].Role == "assistant" ? Trimmed(turns[i].Parts) : turns[i].Parts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Add(List<Turn> turns, string role, IEnumerable<(Part Part, string Path)> parts)
    {
        var all = parts.ToList();
        if (all.Count == 0) return;
        if (turns.Count > 0 && turns[^1].Role == role) turns[^1].Parts.AddRange(all);
        else turns.Add(new Turn(role, all));
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

    private sealed record Turn(string Role, List<(Part Part, string Path)> Parts);
}
