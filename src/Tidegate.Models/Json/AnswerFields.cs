using System.Text.Json;

namespace Tidegate.Models.Json;

/// <summary>Reads what providers send: a field of another type than expected is as good as none, and nothing throws.</summary>
internal static class AnswerFields
{
    /// <summary>A field of an object; undefined when it is missing, null, or the element is no object.</summary>
    public static JsonElement Field(this JsonElement element, string name) => element.TryField(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : default;

    /// <summary>A string field; null when there is none.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.String } text ? JsonText.Read(text) : null;

    /// <summary>A whole number field; null when there is none.</summary>
    public static long? Whole(this JsonElement element, string name) => TryWhole(element.Field(name), out var number) ? number : null;

    /// <summary>A number field; null when there is none.</summary>
    public static double? Number(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>True when the element is a string and this word.</summary>
    public static bool Is(this JsonElement element, string word) => element.ValueKind == JsonValueKind.String && JsonText.Read(element) == word;

    /// <summary>Items of a list field; none when there is no such list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    // 5.0 and 1e3 are whole.
    private static bool TryWhole(JsonElement value, out long number)
    {
        number = 0;
        if (value.ValueKind != JsonValueKind.Number) return false;
        if (value.TryGetInt64(out number)) return true;
        if (!value.TryGetDouble(out var real) || real != Math.Floor(real) || Math.Abs(real) > 1L << 53) return false;
        number = (long)real;
        return true;
    }
}
