using System.Text.Json;

namespace Tidegate.Models.Json;

/// <summary>More of <see cref="AnswerFields"/>.</summary>
internal static class JsonPick
{
    /// <summary>True for JSON true only.</summary>
    public static bool Flag(this JsonElement element, string name) => element.Field(name).ValueKind == JsonValueKind.True;

    /// <summary>An object; undefined when there is none.</summary>
    public static JsonElement Child(this JsonElement element, string name) => element.Field(name) is { ValueKind: JsonValueKind.Object } value ? value : default;

    /// <summary>True when there is anything at all.</summary>
    public static bool IsThere(this JsonElement element) => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
}
