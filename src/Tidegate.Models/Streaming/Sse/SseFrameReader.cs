using System.Buffers;
using System.Text;

namespace Tidegate.Models.Streaming.Sse;

/// <summary>
/// Server-sent events (WHATWG HTML §9.2.6): lines end in LF, CRLF or CR, an empty line ends an event, comments are keep-alives. More forgiving than the standard in
/// one way that vendors need: an event without its empty line at the end of the stream counts.
/// </summary>
/// <param name="mostBytes">Largest event; a longer one breaks the stream. Default 16 MiB (images in answers are events).</param>
public sealed class SseFrameReader(int mostBytes = 16 << 20) : IFrameReader
{
    private ArrayBufferWriter<byte>? _kept; // data that is more than one line, or whose bytes were not to be had any longer
    private ReadOnlyMemory<byte> _data;
    private bool _hasData;
    private bool _isKept;
    private string _event = "";
    private string? _lastName;
    private SseLines _lines;

    /// <inheritdoc/>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out StreamFrame frame)
    {
        if (buffer.IsSingleSegment ? TryReadWhole(ref buffer, out frame) : TryReadPieces(ref buffer, out frame)) return true;
        KeepData();
        if (buffer.Length > mostBytes) throw TooLong();
        return false;
    }

    /// <inheritdoc/>
    public bool TryReadLast(ref ReadOnlySequence<byte> buffer, out StreamFrame frame)
    {
        if (TryRead(ref buffer, out frame)) return true;
        if (!buffer.IsEmpty)
        {
            Take(_lines.Contiguous(buffer), out _);
            buffer = buffer.Slice(buffer.End);
        }

        return Dispatch(out frame);
    }

    // The usual case: all that has come stands in one place, and so does an event, which is shown there.
    private bool TryReadWhole(ref ReadOnlySequence<byte> buffer, out StreamFrame frame)
    {
        frame = default;
        var (bytes, at, isWhole) = (buffer.First, 0, false);
        while (!isWhole && _lines.TryCut(bytes, ref at, out var line)) isWhole = Take(line, out frame);
        buffer = buffer.Slice(at);
        return isWhole;
    }

    private bool TryReadPieces(ref ReadOnlySequence<byte> buffer, out StreamFrame frame)
    {
        frame = default;
        while (_lines.TryJoin(ref buffer, out var line))
        {
            if (Take(line, out frame)) return true;
            KeepData(); // the next line may be put together in the same place
        }

        return false;
    }

    // True when the line ended an event.
    private bool Take(ReadOnlyMemory<byte> bytes, out StreamFrame frame)
    {
        frame = default;
        var line = bytes.Span;
        if (line.IsEmpty) return Dispatch(out frame);
        if (line[0] == ':') return false;
        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? line.Length : colon + 1;
        if (value < line.Length && line[value] == ' ') value++;
        if (name.SequenceEqual("data"u8)) TakeData(bytes[value..]);
        else if (name.SequenceEqual("event"u8)) _event = Name(line[value..]);
        return false;
    }

    private void TakeData(ReadOnlyMemory<byte> value)
    {
        if (!_hasData)
        {
            if (value.Length > mostBytes) throw TooLong();
            (_data, _hasData) = (value, true);
            return;
        }

        KeepData();
        var kept = _kept!;
        kept.Write("\n"u8);
        if (kept.WrittenCount + value.Length > mostBytes) throw TooLong();
        kept.Write(value.Span);
    }

    // Whoever reads may put other bytes in the place of those that were looked at.
    private void KeepData()
    {
        if (!_hasData || _isKept) return;
        (_kept ??= new()).ResetWrittenCount();
        _kept.Write(_data.Span);
        (_data, _isKept) = (default, true);
    }

    private bool Dispatch(out StreamFrame frame)
    {
        frame = new StreamFrame(_event, _isKept ? _kept!.WrittenMemory : _data);
        var isWhole = _hasData;
        (_event, _data, _hasData, _isKept) = ("", default, false, false);
        return isWhole;
    }

    // Streams repeat a handful of names.
    private string Name(ReadOnlySpan<byte> utf8)
    {
        if (_lastName is not null && utf8.Length == _lastName.Length && Encoding.UTF8.GetCharCount(utf8) == utf8.Length && Ascii(utf8, _lastName)) return _lastName;
        return _lastName = Encoding.UTF8.GetString(utf8);
    }

    private static bool Ascii(ReadOnlySpan<byte> utf8, string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (utf8[i] != text[i]) return false;
        return true;
    }

    private FormatException TooLong() => new($"An event of the stream is longer than {mostBytes} bytes.");
}
