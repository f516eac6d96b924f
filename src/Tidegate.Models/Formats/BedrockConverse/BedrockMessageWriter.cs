using System.Text.Json;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.BedrockConverse;

/// <summary>Writes <c>system</c> and <c>messages</c>: turns must alternate, so those of one role that follow each other become one, and results of tools are told by the user.</summary>
internal sealed class BedrockMessageWriter(Utf8JsonWriter json, FormatIssues issues)
{
    public void Write(IReadOnlyList<Message> messages)
    {
        var blocks = new BedrockBlockWriter(json, issues);
        var turns = Turns.Of(messages, BedrockBlockWriter.SaysAnything, toolsApart: false, "Bedrock", issues);
        if (turns.System.Count > 0)
        {
            json.WriteStartArray("system");
            foreach (var (part, path) in turns.System) blocks.Write(part, path);
            json.WriteEndArray();
        }

        json.WriteStartArray("messages");
        foreach (var (role, parts) in turns.All)
        {
            json.WriteStartObject();
            json.WriteString("role", role == MessageRole.Assistant ? "assistant" : "user");
            json.WriteStartArray("content");
            foreach (var (part, path) in parts) blocks.Write(part, path);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
