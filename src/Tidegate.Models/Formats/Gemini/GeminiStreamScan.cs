using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>Looks on at a stream of answers, one pass over the bytes of each: (1) the answer, (2) its candidates, (3) their parts. The format has no word for the end.</summary>
internal sealed class GeminiStreamScan : IStreamScan
{
    private GeminiUsageNumbers _usage;
    // Candidates that have told their end, by index; there are at most eight.
    private ulong _finished;
    private ChoiceProgress _choices;

    /// <inheritdoc/>
    public Usage? Usage => _usage.ToUsage();

    /// <inheritdoc/>
    public long ContentBytes { get; private set; }

    /// <inheritdoc/>
    public bool IsWhole => _choices.IsWhole;

    /// <inheritdoc/>
    public bool IsRefused { get; private set; }

    /// <inheritdoc/>
    public bool HasThoughts { get; private set; }

    /// <inheritdoc/>
    public StreamSigns Read(in StreamFrame frame)
    {
        try
        {
            var json = new Utf8JsonReader(frame.Data.Span);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return StreamSigns.Malformed;
            var signs = ReadAnswer(ref json);
            // Nothing may follow the object.
            while (json.Read()) signs |= StreamSigns.Malformed;
            return (signs & StreamSigns.Error) != StreamSigns.None ? StreamSigns.Error : signs;
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

    // 1.
    private StreamSigns ReadAnswer(ref Utf8JsonReader json)
    {
        var signs = StreamSigns.None;
        var isAnswer = false;
        var isBlocked = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("candidates"u8))
            {
                signs |= ReadCandidates(ref json, ref isAnswer);
            }
            else if (json.Is("usageMetadata"u8))
            {
                var isObject = _usage.Read(ref json);
                isAnswer |= json.TokenType != JsonTokenType.Null;
                if (isObject) signs |= StreamSigns.Usage;
            }
            else if (json.Is("promptFeedback"u8))
            {
                isBlocked |= ReadFeedback(ref json, ref isAnswer);
            }
            else if (json.Is("error"u8))
            {
                if (JsonScan.IsObject(ref json)) signs |= StreamSigns.Error;
            }
            else
            {
                json.Skip();
            }
        }

        IsRefused |= isBlocked;
        if (isBlocked) signs |= Finish(0);
        return isAnswer ? signs : signs | StreamSigns.Malformed;
    }

    private static bool ReadFeedback(ref Utf8JsonReader json, ref bool isAnswer)
    {
        var isBlocked = false;
        if (!JsonScan.Enter(ref json, JsonTokenType.StartObject)) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("blockReason"u8) && JsonScan.TextLength(ref json) >= 0)
            {
                isAnswer = true;
                isBlocked = !json.Is("BLOCK_REASON_UNSPECIFIED"u8);
            }
            else
            {
                json.Skip();
            }
        }

        return isBlocked;
    }

    // 2.
    private StreamSigns ReadCandidates(ref Utf8JsonReader json, ref bool isAnswer)
    {
        var signs = StreamSigns.None;
        var isArray = JsonScan.Enter(ref json, JsonTokenType.StartArray);
        isAnswer |= json.TokenType != JsonTokenType.Null;
        while (isArray && json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.StartObject) signs |= ReadCandidate(ref json);
            else json.Skip();
        }

        return signs;
    }

    private StreamSigns ReadCandidate(ref Utf8JsonReader json)
    {
        var signs = StreamSigns.None;
        var index = 0L;
        var ends = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("content"u8)) signs |= ReadContent(ref json);
            else if (json.Is("index"u8)) index = JsonScan.Whole(ref json) ?? 0;
            else if (json.Is("finishReason"u8)) ends = ReadFinish(ref json);
            else json.Skip();
        }

        _choices.Begin(index);
        return ends ? signs | Finish(index) : signs;
    }

    private bool ReadFinish(ref Utf8JsonReader json)
    {
        if (JsonScan.TextLength(ref json) < 0 || json.Is("FINISH_REASON_UNSPECIFIED"u8)) return false;
        if (!json.Is("STOP"u8) && !json.Is("MAX_TOKENS"u8)) IsRefused |= GeminiWords.ReadFinish(json.GetString()!, hasCalls: false).IsRefused;
        return true;
    }

    private StreamSigns ReadContent(ref Utf8JsonReader json)
    {
        var content = false;
        if (!JsonScan.Enter(ref json, JsonTokenType.StartObject)) return StreamSigns.None;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!json.Is("parts"u8) || !JsonScan.Enter(ref json, JsonTokenType.StartArray))
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (json.TokenType == JsonTokenType.StartObject) content |= ReadPart(ref json);
                else json.Skip();
            }
        }

        return content ? StreamSigns.Content : StreamSigns.None;
    }

    // 3.
    private bool ReadPart(ref Utf8JsonReader json)
    {
        var (content, text, thought) = (false, false, false);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("text"u8))
            {
                var length = JsonScan.TextLength(ref json);
                content |= text = length > 0;
                ContentBytes += Math.Max(0, length);
            }
            else if (json.Is("thought"u8))
            {
                json.Read();
                thought = json.TokenType == JsonTokenType.True;
                json.Skip();
            }
            else if (json.Is("thoughtSignature"u8)) content |= JsonScan.TextLength(ref json) > 0;
            else if (json.Is("functionCall"u8)) content |= ReadCall(ref json);
            else json.Skip();
        }

        HasThoughts |= text && thought;
        return content;
    }

    private bool ReadCall(ref Utf8JsonReader json)
    {
        if (!JsonScan.Enter(ref json, JsonTokenType.StartObject)) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("args"u8)) ContentBytes += JsonScan.RawLength(ref json);
            else json.Skip();
        }

        return true;
    }

    private StreamSigns Finish(long index)
    {
        _choices.End(index);
        var bit = 1UL << (int)(index & 63);
        if ((_finished & bit) != 0) return StreamSigns.None;
        _finished |= bit;
        return StreamSigns.Finish;
    }
}
