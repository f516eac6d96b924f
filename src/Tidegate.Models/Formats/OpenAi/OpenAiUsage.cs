using System.Runtime.InteropServices;
using System.Text.Json;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.OpenAi;

/// <summary>
/// <c>usage</c> of the OpenAI family, in the words of chat (<c>prompt_tokens</c>) and of responses (<c>input_tokens</c>). Reasoning is part of the output, cached input
/// part of the input, as in <see cref="Usage"/>.
/// </summary>
internal static class OpenAiUsage
{
    /// <summary>The numbers; null for an element that is no usage.</summary>
    public static Usage? Read(JsonElement usage)
    {
        if (usage.ValueKind != JsonValueKind.Object) return null;
        var json = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(usage));
        json.Read();
        var numbers = default(OpenAiUsageNumbers);
        return numbers.Read(ref json) ? numbers.ToUsage() : null;
    }

    /// <summary>Writes it in the words of chat.</summary>
    public static void WriteChat(string name, Usage usage, Utf8JsonWriter json)
    {
        json.WriteStartObject(name);
        json.WriteNumber("prompt_tokens", usage.Input);
        json.WriteNumber("completion_tokens", usage.Output);
        json.WriteNumber("total_tokens", usage.Total);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", usage.CachedInput);
        json.WriteNumber("audio_tokens", usage.AudioInput);
        if (usage.CacheWrite > 0) json.WriteNumber("cache_write_tokens", usage.CacheWrite);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", usage.Reasoning);
        json.WriteNumber("audio_tokens", usage.AudioOutput);
        json.WriteNumber("accepted_prediction_tokens", 0);
        json.WriteNumber("rejected_prediction_tokens", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes it in the words of responses.</summary>
    public static void WriteResponses(string name, Usage usage, Utf8JsonWriter json)
    {
        json.WriteStartObject(name);
        json.WriteNumber("input_tokens", usage.Input);
        json.WriteStartObject("input_tokens_details");
        json.WriteNumber("cached_tokens", usage.CachedInput);
        if (usage.CacheWrite > 0) json.WriteNumber("cache_write_tokens", usage.CacheWrite);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", usage.Output);
        json.WriteStartObject("output_tokens_details");
        json.WriteNumber("reasoning_tokens", usage.Reasoning);
        json.WriteEndObject();
        json.WriteNumber("total_tokens", usage.Total);
        json.WriteEndObject();
    }
}
