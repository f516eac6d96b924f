using System.Text.Json;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.BedrockConverse;

/// <summary>Writes <c>system</c> and <c>messages</c>: turns must alternate, so those of one role that follow each other become one, and results of tools are told by the user.</summary>
internal sealed class BedrockMessageWriter(Utf8JsonWriter json, FormatIssues issues)
{
    public void Write(IReadOnlyList<Message> messages)
    {
        var blocks = new BedrockBlockWriter(json, issues);
        var system = new List<(Part Part, string Path)>();
        var turns = new List<(string Role, List<(Part Part, string Path)> Parts)>();
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (message.Name is not null) issues.Inexpressible($"messages[{i}].name", "Bedrock has no names of speakers.");
            var parts = message.Parts.Select((part, at) => (part, $"messages[{i}].parts[{at}]")).Where(p => BedrockBlockWriter.SaysAnything(p.part)).ToList();
            var role = message.Role == MessageRole.Assistant ? "assistant" : "user";
            if (message.Role is MessageRole.System or MessageRole.Developer) system.AddRange(parts);
            else if (parts.Count > 0 && turns.Count > 0 && turns[^1].Role == role) turns[^1].Parts.AddRange(parts);
            else if (parts.Count > 0) turns.Add((role, parts));
        }

        if (system.Count > 0)
        {
            json.WriteStartArray("system");
            foreach (var (part, path) in system) blocks.Write(part, path);
            json.WriteEndArray();
        }

        json.WriteStartArray("messages");
        foreach (var (role, parts) in turns)
        {
            json.WriteStartObject();
            json.WriteString("role", role);
            json.WriteStartArray("content");
            foreach (var (part, path) in parts) blocks.Write(part, path);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
