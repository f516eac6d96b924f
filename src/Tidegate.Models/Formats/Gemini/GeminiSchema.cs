using System.Globalization;
using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>
/// Google's own schema language (types in capitals, <c>nullable</c>, numbers as text) to JSON Schema. The other way is not needed: requests for Gemini carry JSON Schema in
/// <c>parametersJsonSchema</c> and <c>responseJsonSchema</c>, which take it as it is.
/// </summary>
internal static class GeminiSchema
{
    public static JsonElement ToJsonSchema(JsonElement schema)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        try
        {
            using (var json = new Utf8JsonWriter(buffer)) Write(schema, json);
            return JsonElement.Parse(buffer.WrittenSpan);
        }
        catch (InvalidOperationException)
        {
            // A name that is no legal Unicode: whoever checks the schema may say so.
            return schema;
        }
    }

    private static void Write(JsonElement schema, Utf8JsonWriter json)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            schema.WriteRawTo(json);
            return;
        }

        json.WriteStartObject();
        foreach (var field in schema.EnumerateObject()) WriteField(schema, field, json);
        json.WriteEndObject();
    }

    private static void WriteField(JsonElement schema, JsonProperty field, Utf8JsonWriter json)
    {
        switch (field.NameText())
        {
            case "nullable" or "propertyOrdering" or "property_ordering":
                break;
            case "format" when schema.Text("format") is "enum":
                break;
            case "type" when field.Value.ValueKind == JsonValueKind.String:
                WriteType(JsonText.Read(field.Value).ToLowerInvariant(), schema.Flag("nullable"), json);
                break;
            case "properties" when field.Value.ValueKind == JsonValueKind.Object:
                json.WriteStartObject("properties");
                foreach (var property in field.Value.EnumerateObject())
                {
                    json.WritePropertyName(property.NameText());
                    Write(property.Value, json);
                }

                json.WriteEndObject();
                break;
            case "items" or "additionalProperties":
                json.WritePropertyName(field.Name);
                Write(field.Value, json);
                break;
            case "anyOf" or "any_of" or "prefixItems" when field.Value.ValueKind == JsonValueKind.Array:
                json.WriteStartArray(field.Name == "any_of" ? "anyOf" : field.Name);
                foreach (var option in field.Value.EnumerateArray()) Write(option, json);
                json.WriteEndArray();
                break;
            // 64-bit numbers come as text in Google's JSON.
            case "minItems" or "maxItems" or "minLength" or "maxLength" or "minProperties" or "maxProperties"
                when field.Value.ValueKind == JsonValueKind.String && long.TryParse(JsonText.Read(field.Value), NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                json.WriteNumber(field.Name, number);
                break;
            default:
                json.WritePropertyName(field.NameText());
                field.Value.WriteRawTo(json);
                break;
        }
    }

    private static void WriteType(string type, bool nullable, Utf8JsonWriter json)
    {
        if (!nullable)
        {
            json.WriteString("type", type);
            return;
        }

        json.WriteStartArray("type");
        json.WriteStringValue(type);
        json.WriteStringValue("null");
        json.WriteEndArray();
    }
}
