using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats;

/// <summary>A tool in the words that Cohere and Ollama took over from OpenAI, but for what only OpenAI knows.</summary>
internal static class FunctionTool
{
    /// <summary>Writes it; a tool without a schema takes no arguments.</summary>
    public static void Write(ToolDefinition tool, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", tool.Name);
        if (tool.Description is { } description) json.WriteString("description", description);
        json.WritePropertyName("parameters");
        if (tool.Schema.IsThere()) tool.Schema.WriteRawTo(json);
        else json.WriteRawValue("""{"type":"object","properties":{}}""");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
