using System.Buffers;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>
/// Looks on at the chunks of a stream of chat or of the older completions, one pass over the bytes of each: (1) the fields of the chunk, (2) those of its choices, (3) those of a delta, (4) those of
/// a tool call. What is not of interest is skipped unread.
/// </summary>
internal sealed class OpenAiChatStreamScan : IStreamScan
{
    private const int MostText = 128 * 1024; // the rest is as dense as this

    private OpenAiUsageNumbers _usage;
    private readonly ArrayBufferWriter<byte> _text = new(256);
    private ChoiceProgress _choices;
    private bool _named;

    public Usage? Usage => _usage.ToUsage();

    public long ContentBytes { get; private set; }

    public bool IsWhole => _choices.IsWhole;

    public ReadOnlyMemory<byte> ContentText => _text.WrittenMemory;

    public StreamSigns Read(in StreamFrame frame)
    {
        var data = frame.Data.Span;
        if (data.SequenceEqual("[DONE]"u8)) return StreamSigns.Done;
        try
        {
            var json = new Utf8JsonReader(data);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return StreamSigns.Malformed;
            var signs = ReadChunk(ref json);
            // Nothing may follow the object.
            while (json.Read()) signs |= StreamSigns.Malformed;
            return (signs & StreamSigns.Error) != StreamSigns.None ? StreamSigns.Error : signs;
        }
        catch (JsonException)
        {
            return StreamSigns.Malformed;
        }
    }

    // 1.
    private StreamSigns ReadChunk(ref Utf8JsonReader json)
    {
        var signs = StreamSigns.None;
        var isError = false;
        var hasError = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("choices"u8)) signs |= ReadChoices(ref json);
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
        if (!Enter(ref json, JsonTokenType.StartObject)) return signs;
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

    // 2.
    private StreamSigns ReadChoices(ref Utf8JsonReader json)
    {
        var signs = StreamSigns.None;
        if (!Enter(ref json, JsonTokenType.StartArray)) return signs;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            var (index, ends) = (0L, false);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.Is("delta"u8) || json.Is("message"u8)) signs |= ReadDelta(ref json);
                // The older completions differ in this field alone.
                else if (json.Is("text"u8)) signs |= ReadText(ref json) ? StreamSigns.Content : StreamSigns.None;
                else if (json.Is("finish_reason"u8)) ends = HasText(ref json);
                else if (json.Is("index"u8)) index = JsonScan.Whole(ref json) ?? 0;
                else json.Skip();
            }

            _choices.Begin(index);
            if (!ends) continue;
            _choices.End(index);
            signs |= StreamSigns.Finish;
        }

        return signs;
    }

    // 3.
    private StreamSigns ReadDelta(ref Utf8JsonReader json)
    {
        var content = false;
        if (!Enter(ref json, JsonTokenType.StartObject)) return StreamSigns.None;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("content"u8) || json.Is("refusal"u8)
                || json.Is("reasoning_content"u8) || json.Is("reasoning"u8)) content |= ReadText(ref json);
            else if (json.Is("tool_calls"u8) || json.Is("function_call"u8)) content |= ReadCalls(ref json);
            else if (json.Is("reasoning_details"u8)) content |= ReadParts(ref json);
            else json.Skip();
        }

        return content ? StreamSigns.Content : StreamSigns.None;
    }

    private bool ReadText(ref Utf8JsonReader json)
    {
        var before = json;
        json.Read();
        if (json.TokenType == JsonTokenType.StartArray)
        {
            json = before;
            return ReadParts(ref json);
        }

        if (json.TokenType != JsonTokenType.String)
        {
            json.Skip();
            return false;
        }

        Keep(json.ValueSpan);
        return json.ValueSpan.Length > 0;
    }

    // Lists of parts: Mistral's content, OpenRouter's details. Any text of one that is shown counts.
    private bool ReadParts(ref Utf8JsonReader json)
    {
        var content = false;
        if (!Enter(ref json, JsonTokenType.StartArray)) return false;
        var depth = json.CurrentDepth;
        while (json.Read() && !(json.TokenType == JsonTokenType.EndArray && json.CurrentDepth == depth))
        {
            if (json.TokenType != JsonTokenType.PropertyName) continue;
            if (json.Is("text"u8) || json.Is("summary"u8) || json.Is("signature"u8) || json.Is("data"u8)
                || json.Is("refusal"u8)) content |= HasText(ref json);
        }

        return content;
    }

    // 4. Arguments before any name are held back by the full reader too.
    private bool ReadCalls(ref Utf8JsonReader json)
    {
        var content = false;
        json.Read();
        if (json.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject)) return false;
        var depth = json.CurrentDepth;
        while (json.Read() && json.CurrentDepth > depth)
        {
            if (json.TokenType != JsonTokenType.PropertyName) continue;
            if (json.Is("name"u8))
            {
                if (HasText(ref json)) content = _named = true;
            }
            else if (json.Is("arguments"u8))
            {
                json.Read();
                var has = json.TokenType == JsonTokenType.StartObject || (json.TokenType == JsonTokenType.String && json.ValueSpan.Length > 0);
                if (json.TokenType == JsonTokenType.String) Keep(json.ValueSpan);
                content |= has && _named;
                json.Skip();
            }
        }

        return content;
    }

    private void Keep(ReadOnlySpan<byte> text)
    {
        ContentBytes += text.Length;
        if (_text.WrittenCount < MostText) _text.Write(text);
    }

    private static bool HasText(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String) return json.ValueSpan.Length > 0;
        json.Skip();
        return false;
    }

    private static bool Enter(ref Utf8JsonReader json, JsonTokenType kind)
    {
        json.Read();
        if (json.TokenType == kind) return true;
        json.Skip();
        return false;
    }
}
