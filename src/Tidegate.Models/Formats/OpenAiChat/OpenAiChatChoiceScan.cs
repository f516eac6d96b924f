using System.Buffers;
using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Looks on at the choices of chunks, at their deltas, and at the tool calls of these. Keeps the beginning of what they say.</summary>
internal sealed class OpenAiChatChoiceScan
{
    private const int MostText = 128 * 1024; // the rest is as dense as this

    private readonly ArrayBufferWriter<byte> _text = new(256);
    private ChoiceProgress _choices;
    private bool _named;
    private int _pieces, _textAt, _textLength; // of the chunk being read

    /// <summary>All that have begun have told why they ended.</summary>
    public bool IsWhole => _choices.IsWhole;

    /// <summary>The model declined, or a filter did.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Thoughts came, in words.</summary>
    public bool HasThoughts { get; private set; }

    /// <summary>Bytes of all that was said.</summary>
    public long Bytes { get; private set; }

    /// <summary>The beginning of it, as it stood in JSON.</summary>
    public ReadOnlyMemory<byte> Text => _text.WrittenMemory;

    /// <summary>Where the text stands in the chunk read last, and its length, when it had one piece of text and no arguments; else of length 0.</summary>
    public (int At, int Length) OnlyText => _pieces == 1 ? (_textAt, _textLength) : default;

    /// <summary>A chunk begins.</summary>
    public void Begin() => _pieces = _textLength = 0;

    /// <summary>Takes the text of a chunk that says nothing else.</summary>
    public void Add(ReadOnlySpan<byte> text) => Keep(text);

    /// <summary>Looks at the choices of a chunk, before which the reader stands.</summary>
    public StreamSigns Read(ref Utf8JsonReader json)
    {
        var signs = StreamSigns.None;
        if (!JsonScan.Enter(ref json, JsonTokenType.StartArray)) return signs;
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
                else if (json.Is("finish_reason"u8)) ends = ReadFinish(ref json);
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

    private StreamSigns ReadDelta(ref Utf8JsonReader json)
    {
        var content = false;
        if (!JsonScan.Enter(ref json, JsonTokenType.StartObject)) return StreamSigns.None;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("content"u8)) content |= ReadText(ref json);
            else if (json.Is("refusal"u8)) content |= Declines(ReadText(ref json));
            else if (json.Is("reasoning_content"u8) || json.Is("reasoning"u8)) content |= Thinks(ReadText(ref json));
            else if (json.Is("tool_calls"u8) || json.Is("function_call"u8)) content |= ReadCalls(ref json);
            else if (json.Is("reasoning_details"u8)) content |= Thinks(ReadParts(ref json));
            else json.Skip();
        }

        return content ? StreamSigns.Content : StreamSigns.None;
    }

    private bool ReadFinish(ref Utf8JsonReader json)
    {
        if (JsonScan.TextLength(ref json) <= 0) return false;
        IsRefused |= json.Is("content_filter"u8) || json.Is("sensitive"u8) || json.Is("refusal"u8);
        return true;
    }

    private bool Declines(bool content)
    {
        IsRefused |= content;
        return content;
    }

    private bool Thinks(bool content)
    {
        HasThoughts |= content;
        return content;
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

        if (json.ValueSpan.Length == 0) return false;
        Keep(json.ValueSpan);
        (_textAt, _textLength) = ((int)json.TokenStartIndex + 1, json.ValueSpan.Length);
        return true;
    }

    // Lists of parts: Mistral's content, OpenRouter's details. Any text of one that is shown counts.
    private bool ReadParts(ref Utf8JsonReader json)
    {
        var content = false;
        if (!JsonScan.Enter(ref json, JsonTokenType.StartArray)) return false;
        var depth = json.CurrentDepth;
        while (json.Read() && !(json.TokenType == JsonTokenType.EndArray && json.CurrentDepth == depth))
        {
            if (json.TokenType != JsonTokenType.PropertyName) continue;
            if (json.Is("refusal"u8)) content |= Declines(JsonScan.TextLength(ref json) > 0);
            else if (json.Is("thinking"u8)) HasThoughts = true;
            else if (json.Is("text"u8) || json.Is("summary"u8) || json.Is("signature"u8) || json.Is("data"u8)) content |= JsonScan.TextLength(ref json) > 0;
        }

        return content;
    }

    // Arguments before any name are held back by the full reader too.
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
                if (JsonScan.TextLength(ref json) > 0) content = _named = true;
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
        _pieces++;
        Bytes += text.Length;
        if (_text.WrittenCount < MostText) _text.Write(text);
    }
}
