using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>The <c>response</c> of a function: always an object; plain text is its <c>output</c>, a failure its <c>error</c>.</summary>
internal static class GeminiToolResult
{
    public static (string Text, bool IsError) Read(JsonElement response)
    {
        if (response.ValueKind == JsonValueKind.Object && response.GetPropertyCount() == 1)
        {
            if (response.Text("output") is { } output) return (output, false);
            if (response.Text("error") is { } error) return (error, true);
        }

        return (ToolArguments.Read(response), false);
    }

    public static void Write(Utf8JsonWriter json, string text, bool isError)
    {
        json.WritePropertyName("response");
        if (!isError && ToolArguments.IsObject(text))
        {
            json.WriteRawValue(text, skipInputValidation: true);
            return;
        }

        json.WriteStartObject();
        json.WriteString(isError ? "error" : "output", text);
        json.WriteEndObject();
    }
}
