using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>Usage. Thoughts stand beside the answer here, and what Google's own tools put in beside the prompt.</summary>
internal static class GeminiUsage
{
    public static Usage? Read(JsonElement usage)
    {
        if (usage.ValueKind != JsonValueKind.Object) return null;
        var input = (usage.Whole("promptTokenCount") ?? 0) + (usage.Whole("toolUsePromptTokenCount") ?? 0);
        var thoughts = usage.Whole("thoughtsTokenCount") ?? 0;
        var shown = usage.Whole("candidatesTokenCount") ?? Math.Max(0, (usage.Whole("totalTokenCount") ?? 0) - input - thoughts);
        return new Usage
        {
            Input = input,
            CachedInput = usage.Whole("cachedContentTokenCount") ?? 0,
            Output = shown + thoughts,
            Reasoning = thoughts,
            AudioInput = Audio(usage, "promptTokensDetails"),
            AudioOutput = Audio(usage, "candidatesTokensDetails"),
        };
    }

    public static void Write(Utf8JsonWriter json, Usage? usage)
    {
        if (usage is null) return;
        json.WriteStartObject("usageMetadata");
        json.WriteNumber("promptTokenCount", usage.Input);
        json.WriteNumber("candidatesTokenCount", usage.Output - usage.Reasoning);
        json.WriteNumber("totalTokenCount", usage.Total);
        if (usage.CachedInput > 0) json.WriteNumber("cachedContentTokenCount", usage.CachedInput);
        if (usage.Reasoning > 0) json.WriteNumber("thoughtsTokenCount", usage.Reasoning);
        json.WriteEndObject();
    }

    private static long Audio(JsonElement usage, string field)
    {
        foreach (var detail in usage.Items(field))
            if (detail.Text("modality") == "AUDIO") return detail.Whole("tokenCount") ?? 0;
        return 0;
    }
}
