using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAi;

/// <summary>A JSON schema of an answer: the same fields in chat (below <c>json_schema</c>) and in responses (below <c>text.format</c>).</summary>
internal static class OpenAiSchema
{
    public static OutputShape Read(RequestObject fields)
    {
        var name = fields.RequiredText("name");
        var schema = fields.Any("schema");
        if (schema.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined)) fields.Wrong("schema", $"must be an object, not {RequestObject.Kind(schema)}");
        return new OutputShape(name, schema) { Description = fields.Text("description"), Strict = fields.Flag("strict") };
    }

    /// <summary>Writes the fields into an open object. OpenAI demands a name.</summary>
    public static void Write(OutputShape output, Utf8JsonWriter json)
    {
        json.WriteString("name", output.Name ?? "answer");
        json.Optional("description", output.Description);
        json.Optional("strict", output.Strict);
        json.Verbatim("schema", output.Schema);
    }
}
