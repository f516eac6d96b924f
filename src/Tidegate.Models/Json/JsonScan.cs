using System.Text.Json;

namespace Tidegate.Models.Json;

/// <summary>Steps of a single pass over JSON bytes. Every one starts at a field's name and ends at the end of its value.</summary>
internal static class JsonScan
{
    /// <summary>Goes into an object or array; skips anything else and says so.</summary>
    public static bool Enter(ref Utf8JsonReader json, JsonTokenType kind)
    {
        json.Read();
        if (json.TokenType == kind) return true;
        json.Skip();
        return false;
    }

    /// <summary>Length in bytes of a string as escaped; -1 for anything else.</summary>
    public static int TextLength(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String) return json.ValueSpan.Length;
        json.Skip();
        return -1;
    }

    /// <summary>A whole number; null for anything else.</summary>
    public static long? Whole(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Number) return json.TryGetInt64(out var whole) ? whole : json.TryGetDouble(out var number) ? (long)number : null;
        json.Skip();
        return null;
    }

    /// <summary>Length in bytes of any value as it stands; 0 for null.</summary>
    public static int RawLength(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return 0;
        var start = json.TokenStartIndex;
        json.Skip();
        return (int)(json.BytesConsumed - start);
    }

    /// <summary>True for an object, whatever it has.</summary>
    public static bool IsObject(ref Utf8JsonReader json)
    {
        json.Read();
        var found = json.TokenType == JsonTokenType.StartObject;
        json.Skip();
        return found;
    }
}
