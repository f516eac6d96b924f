using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>Looks on at a stream of blocks: one pass for the type of a frame, which also proves that it is JSON, and one for what that type makes interesting.</summary>
internal sealed class AnthropicStreamScan : IStreamScan
{
    private AnthropicUsageNumbers _usage;
    // Blocks that are tool calls, and those of them that have had no arguments, by index. No answer has more than 64 blocks; beyond, only ends without arguments are missed.
    private ulong _calls;
    private ulong _bare;
    private bool _finished;

    /// <inheritdoc/>
    public Usage? Usage => _usage.ToUsage();

    /// <inheritdoc/>
    public long ContentBytes { get; private set; }

    /// <inheritdoc/>
    public bool IsRefused { get; private set; }

    /// <inheritdoc/>
    public StreamSigns Read(in StreamFrame frame)
    {
        if (frame.Event.EndsWith("Exception", StringComparison.Ordinal)) return StreamSigns.Error;
        try
        {
            return Read(frame.Data.Span);
        }
        catch (JsonException)
        {
            return StreamSigns.Malformed;
        }
        catch (InvalidOperationException)
        {
            // A name that is no legal Unicode.
            return StreamSigns.Malformed;
        }
    }

    private StreamSigns Read(ReadOnlySpan<byte> data)
    {
        var json = new Utf8JsonReader(data);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return StreamSigns.Malformed;
        var type = default(Utf8JsonReader);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = json.Is("type"u8);
            json.Read();
            if (isType) type = json;
            json.Skip();
        }

        // Nothing may follow the object.
        while (json.Read()) return StreamSigns.Malformed;
        if (type.TokenType != JsonTokenType.String) return StreamSigns.Malformed;
        json = new Utf8JsonReader(data);
        json.Read();
        if (type.Is("content_block_delta"u8)) return ReadDelta(ref json);
        if (type.Is("content_block_start"u8)) return ReadStart(ref json);
        if (type.Is("content_block_stop"u8)) return ReadStop(ref json);
        if (type.Is("message_start"u8)) return ReadMessage(ref json);
        if (type.Is("message_delta"u8)) return ReadMessageDelta(ref json);
        if (type.Is("message_stop"u8)) return StreamSigns.Done | Finish();
        return type.Is("error"u8) ? StreamSigns.Error : StreamSigns.None;
    }

    private StreamSigns ReadDelta(ref Utf8JsonReader json)
    {
        var index = 0L;
        var text = new AnthropicBlockScan();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("index"u8)) index = JsonScan.Whole(ref json) ?? 0;
            else if (json.Is("delta"u8)) text.Read(ref json);
            else json.Skip();
        }

        if (text.Kind == AnthropicBlockScan.Arguments)
        {
            if (text.Length <= 0 || !Has(_calls, index)) return StreamSigns.None;
            _bare &= ~Bit(index);
        }
        else if (text.Length <= 0)
        {
            return StreamSigns.None;
        }

        if (text.Kind != AnthropicBlockScan.Signature) ContentBytes += text.Length;
        return StreamSigns.Content;
    }

    private StreamSigns ReadStart(ref Utf8JsonReader json)
    {
        var index = 0L;
        var block = new AnthropicBlockScan();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("index"u8)) index = JsonScan.Whole(ref json) ?? 0;
            else if (json.Is("content_block"u8)) block.Read(ref json);
            else json.Skip();
        }

        if (block.Kind == AnthropicBlockScan.Call)
        {
            _calls |= Bit(index);
            _bare = block.HasInput ? _bare & ~Bit(index) : _bare | Bit(index);
            return StreamSigns.Content;
        }

        if (block.Kind == AnthropicBlockScan.Redacted) return StreamSigns.Content;
        if (block.Length <= 0) return StreamSigns.None;
        ContentBytes += block.Length;
        return StreamSigns.Content;
    }

    // Where a call had no arguments, the full reader tells empty ones now.
    private StreamSigns ReadStop(ref Utf8JsonReader json)
    {
        var index = 0L;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("index"u8)) index = JsonScan.Whole(ref json) ?? 0;
            else json.Skip();
        }

        return Has(_bare, index) ? StreamSigns.Content : StreamSigns.None;
    }

    private StreamSigns ReadMessage(ref Utf8JsonReader json)
    {
        var signs = StreamSigns.None;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!json.Is("message"u8) || !JsonScan.Enter(ref json, JsonTokenType.StartObject))
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.Is("usage"u8)) signs |= _usage.Read(ref json) ? StreamSigns.Usage : StreamSigns.None;
                else json.Skip();
            }
        }

        return signs;
    }

    private StreamSigns ReadMessageDelta(ref Utf8JsonReader json)
    {
        var signs = StreamSigns.None;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("usage"u8))
            {
                signs |= _usage.Read(ref json) ? StreamSigns.Usage : StreamSigns.None;
                continue;
            }

            if (!json.Is("delta"u8) || !JsonScan.Enter(ref json, JsonTokenType.StartObject))
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.Is("stop_reason"u8)) signs |= ReadReason(ref json);
                else json.Skip();
            }
        }

        return signs;
    }

    private StreamSigns ReadReason(ref Utf8JsonReader json)
    {
        if (JsonScan.TextLength(ref json) < 0) return StreamSigns.None;
        IsRefused |= json.Is("refusal"u8);
        return Finish();
    }

    private StreamSigns Finish()
    {
        if (_finished) return StreamSigns.None;
        _finished = true;
        return StreamSigns.Finish;
    }

    private static ulong Bit(long index) => index is >= 0 and < 64 ? 1UL << (int)index : 0;

    private static bool Has(ulong set, long index) => (set & Bit(index)) != 0;
}
