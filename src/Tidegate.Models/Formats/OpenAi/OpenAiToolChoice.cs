using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAi;

/// <summary>Choice among tools: words, or an object that names one, whose name is nested in chat and flat in responses and in the older <c>function_call</c>.</summary>
internal static class OpenAiToolChoice
{
    public static ToolChoice? Read(RequestObject fields, string name, bool nested)
    {
        var value = fields.Any(name);
        if (value.ValueKind == JsonValueKind.Undefined) return null;
        if (value.ValueKind == JsonValueKind.String)
        {
            switch (JsonText.Read(value))
            {
                case "auto": return new ToolChoice(ToolChoiceMode.Auto);
                case "none": return new ToolChoice(ToolChoiceMode.None);
                case "required" or "any": return new ToolChoice(ToolChoiceMode.Required);
            }
        }

        var type = value.Text("type");
        var tool = nested ? value.Field("function").Text("name") : type is null or "function" ? value.Text("name") : null;
        if (tool is not null) return new ToolChoice(ToolChoiceMode.Named, tool);
        if (type is not (null or "function")) fields.Inexpressible(name, $"'{RequestObject.Short(type)}' has no counterpart in other formats");
        else fields.Wrong(name, $"must be auto, none, required or an object that names a function, not {RequestObject.Kind(value)}.");
        return null;
    }

    /// <summary>Writes it. <paramref name="required"/> is the word for "at least one".</summary>
    public static void Write(ToolChoice choice, string required, bool nested, Utf8JsonWriter json)
    {
        if (choice.Mode != ToolChoiceMode.Named)
        {
            json.WriteString("tool_choice", choice.Mode switch { ToolChoiceMode.None => "none", ToolChoiceMode.Required => required, _ => "auto" });
            return;
        }

        json.WriteStartObject("tool_choice");
        json.WriteString("type", "function");
        if (nested) json.WriteStartObject("function");
        json.WriteString("name", choice.Name);
        if (nested) json.WriteEndObject();
        json.WriteEndObject();
    }
}
