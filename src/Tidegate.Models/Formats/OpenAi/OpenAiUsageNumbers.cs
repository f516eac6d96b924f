using System.Runtime.InteropServices;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAi;

/// <summary>Numbers of a <c>usage</c> as they stand, before they are put together; null where nothing stands.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct OpenAiUsageNumbers
{
    public long? Input;
    public long? Output;
    public long? Total;
    public long? Cached;
    public long? CacheWrite;
    public long? AudioInput;
    public long? Reasoning;
    public long? AudioOutput;

    /// <summary>The numbers in neutral words; null when there are none.</summary>
    public readonly Usage? ToUsage()
    {
        if (Input is null && Output is null && Total is null) return null;
        var reasoning = Reasoning ?? 0;
        // xAI counts reasoning beside the completion: its total tells. So does who tells more reasoning than there was output (Perplexity).
        var output = (Output ?? 0) + (reasoning > 0 && (Input + Output + reasoning == Total || reasoning > Output) ? reasoning : 0);
        // Embeddings and reranks of some vendors give only a total.
        var whole = Input ?? Math.Max(0, (Total ?? 0) - output);
        return new Usage
        {
            Input = whole + (Cached > whole ? Cached.Value : 0), // more from the cache than there was input stands beside it
            CachedInput = Cached ?? 0,
            CacheWrite = CacheWrite ?? 0,
            AudioInput = AudioInput ?? 0,
            Output = output,
            Reasoning = reasoning,
            AudioOutput = AudioOutput ?? 0,
        };
    }

    /// <summary>Reads the object the reader stands on, to its end. False when it is no object.</summary>
    public bool Read(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return false;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("prompt_tokens"u8) || json.Is("input_tokens"u8)) Take(ref json, ref Input);
            else if (json.Is("completion_tokens"u8) || json.Is("output_tokens"u8)) Take(ref json, ref Output);
            else if (json.Is("total_tokens"u8)) Take(ref json, ref Total);
            // Words DeepSeek and Moonshot have beside usage's details.
            else if (json.Is("prompt_cache_hit_tokens"u8) || json.Is("cached_tokens"u8)) TakeIfUnset(ref json, ref Cached);
            else if (json.Is("reasoning_tokens"u8)) TakeIfUnset(ref json, ref Reasoning);
            else if (json.Is("prompt_tokens_details"u8) || json.Is("input_tokens_details"u8)) ReadDetails(ref json, isInput: true);
            else if (json.Is("completion_tokens_details"u8) || json.Is("output_tokens_details"u8)) ReadDetails(ref json, isInput: false);
            else json.Skip();
        }

        return Input is not null || Output is not null || Total is not null;
    }

    private void ReadDetails(ref Utf8JsonReader json, bool isInput)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("cached_tokens"u8)) Take(ref json, ref Cached);
            else if (json.Is("cache_write_tokens"u8) || json.Is("cache_creation_tokens"u8)) Take(ref json, ref CacheWrite);
            else if (json.Is("reasoning_tokens"u8)) Take(ref json, ref Reasoning);
            else if (!json.Is("audio_tokens"u8)) json.Skip();
            else if (isInput) Take(ref json, ref AudioInput);
            else Take(ref json, ref AudioOutput);
        }
    }

    private static void Take(ref Utf8JsonReader json, ref long? number)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.Number) json.Skip();
        else if (json.TryGetInt64(out var value)) number = value;
        else number = json.TryGetDouble(out var real) && Math.Abs(real) < 1L << 53 ? (long)Math.Ceiling(real) : 1L << 60; // 11.0; what no call can have is passed over
    }

    private static void TakeIfUnset(ref Utf8JsonReader json, ref long? number)
    {
        var before = number;
        Take(ref json, ref number);
        number = before ?? number;
    }
}
