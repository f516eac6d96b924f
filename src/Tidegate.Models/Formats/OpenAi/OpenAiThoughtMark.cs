using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAi;

/// <summary>Gemini's mark on a tool call, where its compatible endpoint keeps it: <c>extra_content.google.thought_signature</c> of the call.</summary>
internal static class OpenAiThoughtMark
{
    /// <summary>The mark in neutral words; null for none.</summary>
    public static string? Read(JsonElement extraContent) => SignatureOrigin.Mark(extraContent.Field("google").Text("thought_signature"), SignatureOrigin.Gemini);

    /// <summary>Writes it into the open call: as Gemini made it for providers, as callers bring it back for callers.</summary>
    public static void Write(string? signature, bool toProvider, Utf8JsonWriter json)
    {
        signature = toProvider ? SignatureOrigin.Own(signature, SignatureOrigin.Gemini) : SignatureOrigin.Show(signature, SignatureOrigin.Gemini);
        if (signature is null) return;
        json.WriteStartObject("extra_content");
        json.WriteStartObject("google");
        json.WriteString("thought_signature", signature);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
