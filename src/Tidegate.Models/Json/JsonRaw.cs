using System.Runtime.InteropServices;
using System.Text.Json;

namespace Tidegate.Models.Json;

/// <summary>Writes JSON that is known to be right.</summary>
internal static class JsonRaw
{
    /// <summary>Writes an element as it was read: also texts that are no legal Unicode, on which the element's own writing throws.</summary>
    public static void WriteRawTo(this JsonElement element, Utf8JsonWriter json) => json.WriteRawValue(JsonMarshal.GetRawUtf8Value(element), skipInputValidation: true);

    /// <summary>A field with a constant value.</summary>
    public static void WriteRawField(this Utf8JsonWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value, skipInputValidation: true);
    }
}
