using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>Usage. This format tells uncached, cached and cache-writing input apart; neutral input is their sum.</summary>
internal static class AnthropicUsage
{
    /// <summary>Usage of an answer; in a stream, later numbers replace those of <paramref name="before"/> one by one.</summary>
    public static Usage? Read(JsonElement usage, Usage? before = null)
    {
        if (usage.ValueKind != JsonValueKind.Object) return before;
        before ??= new Usage();
        var cached = usage.Whole("cache_read_input_tokens") ?? before.CachedInput;
        var written = usage.Whole("cache_creation_input_tokens") ?? before.CacheWrite;
        var fresh = usage.Whole("input_tokens") ?? before.Input - before.CachedInput - before.CacheWrite;
        return new Usage
        {
            Input = fresh + cached + written,
            CachedInput = cached,
            CacheWrite = written,
            Output = usage.Whole("output_tokens") ?? before.Output,
            Reasoning = usage.Child("output_tokens_details").Whole("thinking_tokens") ?? before.Reasoning,
        };
    }

    public static void Write(Utf8JsonWriter json, Usage? usage)
    {
        usage ??= new Usage();
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", Math.Max(0, usage.Input - usage.CachedInput - usage.CacheWrite));
        json.WriteNumber("cache_creation_input_tokens", usage.CacheWrite);
        json.WriteNumber("cache_read_input_tokens", usage.CachedInput);
        json.WriteNumber("output_tokens", usage.Output);
        if (usage.Reasoning > 0)
        {
            json.WriteStartObject("output_tokens_details");
            json.WriteNumber("thinking_tokens", usage.Reasoning);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
