using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>Reads <c>tools</c> and <c>toolConfig</c>.</summary>
internal static class GeminiToolReader
{
    public static List<ToolDefinition> Read(RequestObject fields)
    {
        var tools = new List<ToolDefinition>();
        foreach (var tool in fields.Objects("tools"))
        {
            foreach (var function in tool.Objects("functionDeclarations"))
            {
                tools.Add(new ToolDefinition(function.Text("name", required: true) ?? "", function.Text("description"), ReadSchema(function)));
                function.Ignore("response", "responseJsonSchema");
                function.TellRest();
            }

            // What is left are tools that Google runs itself.
            tool.TellRest();
        }

        return tools;
    }

    public static ToolChoice? ReadChoice(RequestObject fields)
    {
        if (fields.Child("toolConfig") is not { } config) return null;
        ToolChoice? choice = null;
        if (config.Child("functionCallingConfig") is { } calling)
        {
            var names = calling.Texts("allowedFunctionNames");
            choice = calling.Word("mode", "AUTO", "ANY", "NONE", "VALIDATED", "MODE_UNSPECIFIED") switch
            {
                "ANY" when names.Count == 1 => new ToolChoice(ToolChoiceMode.Named, names[0]),
                "ANY" => new ToolChoice(ToolChoiceMode.Required),
                "NONE" => new ToolChoice(ToolChoiceMode.None),
                "AUTO" or "VALIDATED" => new ToolChoice(ToolChoiceMode.Auto),
                _ => null,
            };
            if (names.Count > 0 && choice?.Mode != ToolChoiceMode.Named)
                fields.Issues.Inexpressible(calling.At("allowedFunctionNames"), "Others can be held to one function or to any; leave the functions that must not be called out of tools.");
            calling.TellRest();
        }

        config.TellRest();
        return choice;
    }

    private static JsonElement ReadSchema(RequestObject function)
    {
        if (function.Child("parametersJsonSchema") is { } schema) return schema.Element;
        return function.Child("parameters") is { } own ? GeminiSchema.ToJsonSchema(own.Element) : default;
    }
}
