using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Tidegate.Models.Json;

/// <summary>Names of fields, also beside names that are legal JSON and no legal Unicode, on which the element's own look-ups throw.</summary>
internal static class JsonNames
{
    /// <summary>The name; a lone surrogate in it becomes U+FFFD.</summary>
    public static string NameText(this JsonProperty property)
    {
        var raw = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(property));
        return raw.Contains('\\', StringComparison.Ordinal) ? JsonText.Unescape(raw) : raw;
    }

    /// <summary>A field of an object, the last one when there are several of the name. False when there is none, or the element is no object.</summary>
    public static bool TryField(this JsonElement element, string name, out JsonElement value)
    {
        value = default;
        if (element.ValueKind != JsonValueKind.Object) return false;
        try
        {
            return element.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            return TrySlowly(element, name, out value);
        }
    }

    // Some name of the object is no legal Unicode.
    private static bool TrySlowly(JsonElement element, string name, out JsonElement value)
    {
        value = default;
        foreach (var property in element.EnumerateObject())
            if (string.Equals(property.NameText(), name, StringComparison.Ordinal)) value = property.Value;
        return value.ValueKind != JsonValueKind.Undefined;
    }
}
