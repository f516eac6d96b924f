using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats;

/// <summary><c>cache_control</c>, Anthropic's word that OpenRouter and others took over: <c>{"type":"ephemeral","ttl":"1h"}</c>.</summary>
internal static class CacheHints
{
    /// <summary>The hint of a part; null for none.</summary>
    public static string? Read(RequestObject part)
    {
        if (part.Child("cache_control") is not { } control) return null;
        control.Word("type", "ephemeral");
        return control.Word("ttl", "5m", "1h") ?? "5m";
    }

    /// <summary>Writes the field of an open part; nothing for null.</summary>
    public static void Write(string? hint, Utf8JsonWriter json)
    {
        if (hint is null) return;
        json.WriteStartObject("cache_control");
        json.WriteString("type", "ephemeral");
        if (hint != "5m") json.WriteString("ttl", hint);
        json.WriteEndObject();
    }
}
