using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>Numbers of <c>usageMetadata</c>, read without making objects.</summary>
internal struct GeminiUsageNumbers
{
    private long _prompt;
    private long _tools;
    private long _cached;
    private long? _shown;
    private long _thoughts;
    private long _total;
    private long _audioIn;
    private long _audioOut;
    private bool _any;

    /// <summary>Reads the value of the field; false when it is no object.</summary>
    public bool Read(ref Utf8JsonReader json)
    {
        if (!JsonScan.Enter(ref json, JsonTokenType.StartObject)) return false;
        this = default;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("promptTokenCount"u8)) _prompt = JsonScan.Whole(ref json) ?? 0;
            else if (json.Is("toolUsePromptTokenCount"u8)) _tools = JsonScan.Whole(ref json) ?? 0;
            else if (json.Is("cachedContentTokenCount"u8)) _cached = JsonScan.Whole(ref json) ?? 0;
            else if (json.Is("candidatesTokenCount"u8)) _shown = JsonScan.Whole(ref json);
            else if (json.Is("thoughtsTokenCount"u8)) _thoughts = JsonScan.Whole(ref json) ?? 0;
            else if (json.Is("totalTokenCount"u8)) _total = JsonScan.Whole(ref json) ?? 0;
            else if (json.Is("promptTokensDetails"u8)) _audioIn = ReadAudio(ref json);
            else if (json.Is("candidatesTokensDetails"u8)) _audioOut = ReadAudio(ref json);
            else json.Skip();
        }

        return _any = true;
    }

    public readonly Usage? ToUsage() => !_any ? null : new Usage
    {
        Input = _prompt + _tools,
        CachedInput = _cached,
        Output = (_shown ?? Math.Max(0, _total - _prompt - _tools - _thoughts)) + _thoughts,
        Reasoning = _thoughts,
        AudioInput = _audioIn,
        AudioOutput = _audioOut,
    };

    private static long ReadAudio(ref Utf8JsonReader json)
    {
        long? audio = null;
        if (!JsonScan.Enter(ref json, JsonTokenType.StartArray)) return 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            var isAudio = false;
            long count = 0;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.Is("modality"u8)) isAudio = JsonScan.TextLength(ref json) >= 0 && json.Is("AUDIO"u8);
                else if (json.Is("tokenCount"u8)) count = JsonScan.Whole(ref json) ?? 0;
                else json.Skip();
            }

            if (isAudio) audio ??= count;
        }

        return audio ?? 0;
    }
}
