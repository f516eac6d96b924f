using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Reads tools and the choice among them, in today's words and in the older ones (<c>functions</c>, <c>function_call</c>).</summary>
internal static class OpenAiChatToolReader
{
    public static IReadOnlyList<ToolDefinition> Tools(RequestObject fields)
    {
        var tools = new List<ToolDefinition>();
        foreach (var tool in fields.Objects("tools"))
        {
            var type = tool.Text("type") ?? "function";
            if (type != "function")
            {
                tool.Inexpressible("type", $"'{RequestObject.Short(type)}' tools have no counterpart in other formats");
                continue;
            }

            var hint = CacheHints.Read(tool);
            if (tool.Child("function") is { } function) tools.Add(Tool(function) with { CacheHint = hint });
            else tool.Wrong("function", "is required: an object with name and parameters");
        }

        tools.AddRange(fields.Objects("functions").Select(Tool));
        return tools;
    }

    public static ToolChoice? Choice(RequestObject fields)
    {
        var old = OpenAiToolChoice.Read(fields, "function_call", nested: false);
        return OpenAiToolChoice.Read(fields, "tool_choice", nested: true) ?? old;
    }

    private static ToolDefinition Tool(RequestObject function)
    {
        var schema = function.Any("parameters");
        if (schema.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined)) function.Wrong("parameters", $"must be an object, not {RequestObject.Kind(schema)}");
        return new ToolDefinition(function.RequiredText("name"), function.Text("description"), schema) { Strict = function.Flag("strict") };
    }
}
