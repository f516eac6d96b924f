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
    private readonly ArrayBufferWriter<byte> _data = new();
    private byte[] _line = [];
    private string _event = "";
    private string? _lastName;
    private bool _hasData;
    private bool _reported;
    private bool _skipFeed;
    private bool _started;
    private int _searched; // bytes of an unfinished line that hold no end

    /// <inheritdoc/>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out StreamFrame frame)
    {
        Forget();
        while (TryReadLine(ref buffer, out var line))
            if (Take(line, out frame)) return true;
        if (buffer.Length > mostBytes) throw TooLong();
        frame = default;
        return false;
    }

    /// <inheritdoc/>
    public bool TryReadLast(ref ReadOnlySequence<byte> buffer, out StreamFrame frame)
    {
        if (TryRead(ref buffer, out frame)) return true;
        if (!buffer.IsEmpty)
        {
            Take(Contiguous(buffer), out _);
            buffer = buffer.Slice(buffer.End);
        }

        return Dispatch(out frame);
    }

    private bool TryReadLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySpan<byte> line)
    {
        line = default;
        if (_skipFeed && !buffer.IsEmpty)
        {
            if (buffer.FirstSpan[0] == '\n') buffer = buffer.Slice(1);
            _skipFeed = false;
        }

        if (buffer.IsSingleSegment ? !TryCutLine(ref buffer, out line) : !TryJoinLine(ref buffer, out line)) return false;
        if (!_started)
        {
            _started = true;
            if (line.StartsWith("\uFEFF"u8)) line = line[3..];
        }

        return true;
    }

    private bool TryCutLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySpan<byte> line)
    {
        line = buffer.FirstSpan;
        var from = Math.Min(_searched, line.Length);
        var end = line[from..].IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0)
        {
            _searched = line.Length;
            return false;
        }

        end += from;
        var next = end + 1;
        // The LF of a CRLF may come with the next read, and waiting for it would hold the event back.
        if (line[end] == '\r' && next == line.Length) _skipFeed = true;
        else if (line[end] == '\r' && line[next] == '\n') next++;
        line = line[..end];
        buffer = buffer.Slice(next);
        _searched = 0;
        return true;
    }

    private bool TryJoinLine(ref ReadOnlySequence<byte> buffer, out ReadOnlySpan<byte> line)
    {
        line = default;
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryReadToAny(out ReadOnlySequence<byte> found, "\r\n"u8, advancePastDelimiter: false)) return false;
        reader.TryRead(out var end);
        if (end == '\r' && !reader.IsNext((byte)'\n', advancePast: true)) _skipFeed = reader.End;
        buffer = buffer.Slice(reader.Position);
        line = Contiguous(found);
        _searched = 0;
        return true;
    }

    private ReadOnlySpan<byte> Contiguous(ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment) return bytes.FirstSpan;
        if (_line.Length < bytes.Length) _line = new byte[Math.Max(bytes.Length, 1024)];
        bytes.CopyTo(_line);
        return _line.AsSpan(0, (int)bytes.Length);
    }

    // True when the line ended an event.
    private bool Take(ReadOnlySpan<byte> line, out StreamFrame frame)
    {
        frame = default;
        if (line.IsEmpty) return Dispatch(out frame);
        if (line[0] == ':') return false;
        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? [] : line[(colon + 1)..];
        if (value.Length > 0 && value[0] == ' ') value = value[1..];
        if (name.SequenceEqual("data"u8))
        {
            if (_hasData) _data.Write("\n"u8);
            if (_data.WrittenCount + value.Length > mostBytes) throw TooLong();
            _data.Write(value);
            _hasData = true;
        }
        else if (name.SequenceEqual("event"u8))
        {
            _event = Name(value);
        }

        return false;
    }

    private bool Dispatch(out StreamFrame frame)
    {
        frame = new StreamFrame(_event, _data.WrittenMemory);
        _event = "";
        _reported = _hasData;
        _hasData = false;
        return _reported;
    }

    // The frame before is only now out of use.
    private void Forget()
    {
        if (!_reported) return;
        _reported = false;
        _data.ResetWrittenCount();
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
