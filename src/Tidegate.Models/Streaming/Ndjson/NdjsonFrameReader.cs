using System.Buffers;

namespace Tidegate.Models.Streaming.Ndjson;

/// <summary>One JSON value per line. Empty lines are keep-alives; the last line needs no end.</summary>
/// <param name="mostBytes">Longest line; a longer one breaks the stream. Default 16 MiB.</param>
public sealed class NdjsonFrameReader(int mostBytes = 16 << 20) : IFrameReader
{
    private byte[] _line = [];

    /// <inheritdoc/>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out StreamFrame frame)
    {
        var reader = new SequenceReader<byte>(buffer);
        while (reader.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n'))
        {
            buffer = buffer.Slice(reader.Position);
            if (TryTake(line, out frame)) return true;
        }

        if (buffer.Length > mostBytes) throw new FormatException($"A line of the stream is longer than {mostBytes} bytes.");
        frame = default;
        return false;
    }

    /// <inheritdoc/>
    public bool TryReadLast(ref ReadOnlySequence<byte> buffer, out StreamFrame frame)
    {
        if (TryRead(ref buffer, out frame)) return true;
        var line = buffer;
        buffer = buffer.Slice(buffer.End);
        return TryTake(line, out frame);
    }

    private bool TryTake(ReadOnlySequence<byte> line, out StreamFrame frame)
    {
        frame = default;
        if (line.Length > mostBytes) throw new FormatException($"A line of the stream is longer than {mostBytes} bytes.");
        if (_line.Length < line.Length) _line = new byte[Math.Max(line.Length, 4096)];
        line.CopyTo(_line);
        var data = _line.AsMemory(0, (int)line.Length).Trim(" \t\r"u8);
        if (data.IsEmpty) return false;
        frame = new StreamFrame("", data);
        return true;
    }
}
