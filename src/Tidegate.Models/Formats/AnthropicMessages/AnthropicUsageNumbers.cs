using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>Numbers of a usage object, read without making objects. Later ones replace earlier ones one by one.</summary>
internal struct AnthropicUsageNumbers
{
    private long _fresh;
    private long _cached;
    private long _written;
    private long _output;
    private long _thoughts;
    private bool _any;

    /// <summary>Reads the value of a <c>usage</c> field; false when it is no object.</summary>
    public bool Read(ref Utf8JsonReader json)
    {
        if (!JsonScan.Enter(ref json, JsonTokenType.StartObject)) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("input_tokens"u8)) _fresh = JsonScan.Whole(ref json) ?? _fresh;
            else if (json.Is("cache_read_input_tokens"u8)) _cached = JsonScan.Whole(ref json) ?? _cached;
            else if (json.Is("cache_creation_input_tokens"u8)) _written = JsonScan.Whole(ref json) ?? _written;
            else if (json.Is("output_tokens"u8)) _output = JsonScan.Whole(ref json) ?? _output;
            else if (json.Is("output_tokens_details"u8)) ReadDetails(ref json);
            else json.Skip();
        }

        return _any = true;
    }

    public readonly Usage? ToUsage() =>
        _any ? new Usage { Input = _fresh + _cached + _written, CachedInput = _cached, CacheWrite = _written, Output = _output, Reasoning = _thoughts } : null;

    private void ReadDetails(ref Utf8JsonReader json)
    {
        if (!JsonScan.Enter(ref json, JsonTokenType.StartObject)) return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("thinking_tokens"u8)) _thoughts = JsonScan.Whole(ref json) ?? _thoughts;
            else json.Skip();
        }
    }
}
