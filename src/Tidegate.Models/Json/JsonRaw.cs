using System.Text.Json;

namespace Tidegate.Models.Json;

/// <summary>Writes JSON that is known to be right.</summary>
internal static class JsonRaw
{
    /// <summary>A field with a constant value.</summary>
    public static void WriteRawField(this Utf8JsonWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value, skipInputValidation: true);
    }
}
