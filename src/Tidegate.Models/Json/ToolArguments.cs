using System.Text.Json;

namespace Tidegate.Models.Json;

/// <summary>Arguments of a tool call for formats that want an object where others have text.</summary>
internal static class ToolArguments
{
    /// <summary>
    /// Writes the arguments as an object: verbatim when they are one. What a model wrote that is no object (cut short by a token limit, or just wrong) is kept as the
    /// field <c>arguments</c> of one, so that nothing is lost and the JSON stays right.
    /// </summary>
    public static void Write(Utf8JsonWriter json, string arguments)
    {
        if (string.IsNullOrWhiteSpace(arguments))
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
        else if (IsObject(arguments))
        {
            json.WriteRawValue(arguments, skipInputValidation: true);
        }
        else
        {
            json.WriteStartObject();
            json.WriteString("arguments", arguments);
            json.WriteEndObject();
        }
    }

    /// <summary>The text of an object as a provider or caller wrote it; <c>{}</c> for none.</summary>
    public static string Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "{}",
        JsonValueKind.String => JsonText.Read(value),
        _ => JsonText.Raw(value),
    };

    /// <summary>True for the text of a JSON object.</summary>
    public static bool IsObject(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
        catch (ArgumentException)
        {
            // A lone surrogate.
            return false;
        }
    }
}
