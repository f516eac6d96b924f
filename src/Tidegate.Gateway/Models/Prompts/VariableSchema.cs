using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Prompts;
using Tidegate.Core.Resources.Prompts;

namespace Tidegate.Gateway.Models.Prompts;

/// <summary>The JSON Schema of a version's variables: what calls are checked against, in words other programs know.</summary>
internal static class VariableSchema
{
    /// <summary>The schema of a request.</summary>
    public static JsonObject Of(PromptVersionConfig config)
    {
        var properties = new JsonObject(config.Variables.Select(v => KeyValuePair.Create(v.Name, (JsonNode?)Of(v))))
        {
            [PromptProgram.StreamKey] = new JsonObject { ["type"] = "boolean", ["default"] = false, ["description"] = "Answer as server-sent events." },
        };
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        var required = config.Variables.Where(v => v.Required && v.Default is null).Select(v => JsonValue.Create(v.Name)).ToArray();
        if (required.Length > 0) schema["required"] = new JsonArray([.. required]);
        return schema;
    }

    /// <summary>JSON as a node.</summary>
    public static JsonNode? Node(JsonElement element) => JsonNode.Parse(element.GetRawText());

    private static JsonObject Of(VariableConfig variable)
    {
        var schema = OfType(variable.Type, variable);
        if (variable.Description is { } description) schema["description"] = description;
        if (variable.Default is { } value) schema["default"] = Node(value);
        switch (variable.Type)
        {
            case VariableType.String:
                schema["maxLength"] = variable.MaxLength;
                if (variable.Pattern is { } pattern) schema["pattern"] = pattern;
                break;
            case VariableType.Number or VariableType.Integer:
                if (variable.Minimum is { } least) schema["minimum"] = least;
                if (variable.Maximum is { } most) schema["maximum"] = most;
                break;
            case VariableType.Array:
                schema["maxItems"] = variable.MaxItems;
                if (variable.Items is { } items) schema["items"] = OfType(items, variable);
                break;
        }

        return schema;
    }

    private static JsonObject OfType(VariableType type, VariableConfig variable) => type == VariableType.Enum
        ? new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. variable.Values.Select(v => JsonValue.Create(v))]) }
        : new JsonObject { ["type"] = JsonNamingPolicy.CamelCase.ConvertName(type.ToString()) };
}
