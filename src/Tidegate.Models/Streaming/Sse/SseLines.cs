using System.Buffers;
using System.Runtime.InteropServices;

namespace Tidegate.Models.Streaming.Sse;

/// <summary>Cuts lines, which end in LF, CRLF or CR, however the network cut them. Mutable.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct SseLines
{
    private byte[]? _line;
    private int _searched; // bytes of an unfinished line that hold no end
    private bool _skipFeed;
    private bool _started;

    /// <summary>Takes the next line of bytes that stand in one place, and moves <paramref name="at"/> past its end.</summary>
    public bool TryCut(ReadOnlyMemory<byte> bytes, ref int at, out ReadOnlyMemory<byte> line)
    {
        line = default;
        var rest = bytes.Span[at..];
        if (_skipFeed && rest.Length > 0)
        {
            _skipFeed = false;
            if (rest[0] == '\n')
            {
                at++;
                rest = rest[1..];
            }
        }

        var from = Math.Min(_searched, rest.Length);
        var end = rest[from..].IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0)
        {
            _searched = rest.Length;
            return false;
        }

        end += from;
        line = WithoutMark(bytes.Slice(at, end));
        at += end + 1;
        // The LF of a CRLF may come with the next read, and waiting for it would hold the event back.
        if (rest[end] == '\r' && end + 1 == rest.Length) _skipFeed = true;
        else if (rest[end] == '\r' && rest[end + 1] == '\n') at++;
        _searched = 0;
        return true;
    }

    /// <summary>The same where they do not. The line may be put together in a place that the next one takes.</summary>
    public bool TryJoin(ref ReadOnlySequence<byte> buffer, out ReadOnlyMemory<byte> line)
    {
        line = default;
        var reader = new SequenceReader<byte>(buffer);
        if (_skipFeed && !buffer.IsEmpty)
        {
            _skipFeed = false;
            reader.IsNext((byte)'\n', advancePast: true);
        }

        if (!reader.TryReadToAny(out ReadOnlySequence<byte> found, "\r\n"u8, advancePastDelimiter: false))
        {
            buffer = buffer.Slice(reader.Position);
            return false;
        }

        reader.TryRead(out var end);
        if (end == '\r' && !reader.IsNext((byte)'\n', advancePast: true)) _skipFeed = reader.End;
        buffer = buffer.Slice(reader.Position);
        line = WithoutMark(Contiguous(found));
        _searched = 0;
        return true;
    }

    /// <summary>The bytes in one place.</summary>
    public ReadOnlyMemory<byte> Contiguous(ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment) return bytes.First;
        if (_line is null || _line.Length < bytes.Length) _line = new byte[Math.Max(bytes.Length, 1024)];
        bytes.CopyTo(_line);
        return _line.AsMemory(0, (int)bytes.Length);
    }

    private ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> line)
    {
        if (_started) return line;
        _started = true;
        return line.Span.StartsWith("\uFEFF"u8) ? line[3..] : line;
    }
}
