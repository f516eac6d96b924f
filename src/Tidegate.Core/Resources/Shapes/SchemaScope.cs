using System.Reflection;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Shapes;

/// <summary>Collects the definitions (<c>$defs</c>) a JSON Schema refers to.</summary>
internal sealed class SchemaScope(XmlDescriptions descriptions)
{
    private readonly SortedDictionary<string, JsonNode?> _definitions = new(StringComparer.Ordinal);

    /// <summary>All definitions, by name.</summary>
    public JsonObject Definitions => new(_definitions);

    /// <summary>Adds a definition under a name of its own.</summary>
    public void Define(string name, JsonObject schema) => _definitions.Add(name, schema);

    /// <summary>A reference to the definition of a record, which is added when it is new.</summary>
    public JsonObject Reference(RecordShape record)
    {
        var name = record.Type.Name;
        if (_definitions.TryAdd(name, null)) _definitions[name] = Definition(record);
        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }

    /// <summary>The schema with the summary of the member.</summary>
    public JsonObject Described(JsonObject schema, MemberInfo member)
    {
        if (descriptions.Of(member) is { } text) schema["description"] = text;
        return schema;
    }

    private JsonObject Definition(RecordShape record)
    {
        var schema = Described(new JsonObject { ["type"] = "object", ["additionalProperties"] = false }, record.Type);
        var properties = new JsonObject(record.Properties.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Property(p))));
        var required = record.Properties.Where(p => p.Required).Select(p => p.Key).ToList();
        if (record.Variant is { } word)
        {
            properties.Insert(0, VariantShape.Key, new JsonObject { ["const"] = word, ["description"] = "Which of several blocks this is." });
            required.Insert(0, VariantShape.Key);
        }

        if (required.Count > 0) schema["required"] = new JsonArray([.. required.Select(k => JsonValue.Create(k))]);
        schema["properties"] = properties;
        return record.Shorthand is null ? schema : new JsonObject { ["anyOf"] = new JsonArray(record.Shorthand.Value.Schema(this), schema) };
    }

    private JsonObject Property(PropertyShape property)
    {
        var schema = property.Value.Schema(this);
        if (property.Nullable) schema = new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        return Described(schema, property.Info);
    }
}
