using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>
/// Looks on at the chunks of a stream of chat or of the older completions, one pass over the bytes of each. What is not of interest is skipped unread, and a chunk that differs
/// from one before in its text alone is not read at all.
/// </summary>
internal sealed class OpenAiChatStreamScan : IStreamScan
{
    private readonly OpenAiChatChoiceScan _choices = new();
    private readonly OpenAiChatMould _mould = new();
    private OpenAiUsageNumbers _usage;

    public Usage? Usage => _usage.ToUsage();

    public long ContentBytes => _choices.Bytes;

    public bool IsWhole => _choices.IsWhole;

    public bool IsRefused => _choices.IsRefused;

    public bool HasThoughts => _choices.HasThoughts;

    public ReadOnlyMemory<byte> ContentText => _choices.Text;

    public StreamSigns Read(in StreamFrame frame)
    {
        var data = frame.Data.Span;
        if (_mould.TryMatch(data, out var text))
        {
            _choices.Add(text);
            return StreamSigns.Content;
        }

        if (data.SequenceEqual("[DONE]"u8)) return StreamSigns.Done;
        try
        {
            var json = new Utf8JsonReader(data);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return StreamSigns.Malformed;
            var signs = ReadChunk(ref json);
            // Nothing may follow the object.
            while (json.Read()) signs |= StreamSigns.Malformed;
            if (signs == StreamSigns.Content && _choices.OnlyText is (var at, > 0 and var length)) _mould.Take(data, at, length);
            return (signs & StreamSigns.Error) != StreamSigns.None ? StreamSigns.Error : signs;
        }
        catch (JsonException)
        {
            return StreamSigns.Malformed;
        }
    }

    private StreamSigns ReadChunk(ref Utf8JsonReader json)
    {
        var signs = StreamSigns.None;
        _choices.Begin();
        var isError = false;
        var hasError = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("choices"u8)) signs |= _choices.Read(ref json);
            else if (json.Is("usage"u8)) signs |= ReadUsage(ref json);
            else if (json.Is("x_groq"u8)) signs |= ReadGroq(ref json);
            else if (json.Is("error"u8)) hasError = ReadError(ref json, ref signs);
            else if (json.Is("object"u8) || json.Is("type"u8)) isError |= IsErrorWord(ref json);
            else json.Skip();
        }

        return isError && !hasError ? signs | StreamSigns.Error : signs;
    }

    private StreamSigns ReadUsage(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return StreamSigns.None;
        var numbers = default(OpenAiUsageNumbers);
        if (!numbers.Read(ref json)) return StreamSigns.None;
        _usage = numbers;
        return StreamSigns.Usage;
    }

    private StreamSigns ReadGroq(ref Utf8JsonReader json)
    {
        var signs = StreamSigns.None;
        if (!JsonScan.Enter(ref json, JsonTokenType.StartObject)) return signs;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("usage"u8)) signs |= ReadUsage(ref json);
            else json.Skip();
        }

        return signs;
    }

    private static bool ReadError(ref Utf8JsonReader json, ref StreamSigns signs)
    {
        json.Read();
        var isThere = json.TokenType != JsonTokenType.Null;
        if (json.TokenType == JsonTokenType.StartObject || (json.TokenType == JsonTokenType.String && json.ValueSpan.Length > 0)) signs |= StreamSigns.Error;
        json.Skip();
        return isThere;
    }

    private static bool IsErrorWord(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String) return json.Is("error"u8);
        json.Skip();
        return false;
    }
}
