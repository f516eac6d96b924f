using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>Writes a <c>generateContent</c> request. Model and streaming stand in the path.</summary>
internal static class GeminiRequestWriter
{
    public static void Write(ChatRequest request, Utf8JsonWriter json, FormatIssues issues, GeminiOptions options)
    {
        json.WriteStartObject();
        WriteFields(request, json, issues, options);
        json.WriteEndObject();
    }

    /// <summary>A <c>countTokens</c> request: only wrapped does it count instructions and tools.</summary>
    public static void WriteCount(ChatRequest request, Utf8JsonWriter json, FormatIssues issues, GeminiOptions options)
    {
        if (options.PlainCount)
        {
            Write(request with { ToolChoice = null }, json, issues, options);
            return;
        }

        json.WriteStartObject();
        json.WriteStartObject("generateContentRequest");
        json.WriteString("model", request.Model.Contains('/', StringComparison.Ordinal) ? request.Model : "models/" + request.Model);
        WriteFields(request, json, issues, options);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFields(ChatRequest request, Utf8JsonWriter json, FormatIssues issues, GeminiOptions options)
    {
        new GeminiContentWriter(json, issues).Write(request.Messages);
        WriteTools(request, json, issues);
        new GeminiConfigWriter(request, json, issues, options).Write();
        // The id of the end user has no place here, and its loss changes no answer.
    }

    private static void WriteTools(ChatRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        if (request.Tools.Count == 0) return;
        json.WriteStartArray("tools");
        json.WriteStartObject();
        json.WriteStartArray("functionDeclarations");
        foreach (var tool in request.Tools)
        {
            json.WriteStartObject();
            json.WriteString("name", tool.Name);
            if (tool.Description is { } description) json.WriteString("description", description);
            if (tool.Schema.IsThere())
            {
                json.WritePropertyName("parametersJsonSchema");
                tool.Schema.WriteRawTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        if (request.ParallelToolCalls is false) issues.Inexpressible("parallelToolCalls", "Gemini cannot be kept from calling several functions at once.");
        if (request.ToolChoice is not { } choice) return;
        json.WriteStartObject("toolConfig");
        json.WriteStartObject("functionCallingConfig");
        json.WriteString("mode", choice.Mode switch { ToolChoiceMode.None => "NONE", ToolChoiceMode.Auto => "AUTO", _ => "ANY" });
        if (choice.Mode == ToolChoiceMode.Named)
        {
            json.WriteStartArray("allowedFunctionNames");
            json.WriteStringValue(choice.Name);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
