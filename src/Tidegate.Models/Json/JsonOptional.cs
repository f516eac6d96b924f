using System.Runtime.InteropServices;
using System.Text.Json;

namespace Tidegate.Models.Json;

/// <summary>Writes fields that may not be said: nothing is written for null.</summary>
internal static class JsonOptional
{
    public static void Optional(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    public static void Optional(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
    }

    public static void Optional(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
    }

    public static void Optional(this Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } flag) json.WriteBoolean(name, flag);
    }

    /// <summary>JSON exactly as its author wrote it: schemas keep the order and the numbers they were written with. Nothing for undefined.</summary>
    public static void Verbatim(this Utf8JsonWriter json, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined) return;
        json.WritePropertyName(name);
        json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }

    /// <summary>A list of strings; nothing when it is empty.</summary>
    public static void Optional(this Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
