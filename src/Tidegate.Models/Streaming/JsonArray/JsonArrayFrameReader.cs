using System.Buffers;

namespace Tidegate.Models.Streaming.JsonArray;

/// <summary>
/// A JSON array whose elements are the frames, streamed as they are made (Gemini without <c>alt=sse</c>). Elements are objects or arrays; a body that is one object
/// alone, as errors are, is one frame. What was looked at once is not looked at again when more comes.
/// </summary>
/// <param name="mostBytes">Largest element; a longer one breaks the stream. Default 16 MiB.</param>
public sealed class JsonArrayFrameReader(int mostBytes = 16 << 20) : IFrameReader
{
    private byte[] _data = [];
    private long _seen;
    private int _depth;
    private bool _inText;
    private bool _escaped;

    /// <inheritdoc/>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out StreamFrame frame)
    {
        frame = default;
        if (_depth == 0) SkipBetween(ref buffer);
        var reader = new SequenceReader<byte>(buffer);
        reader.Advance(_seen);
        while (reader.TryRead(out var next))
        {
            if (!Ends(next)) continue;
            frame = new StreamFrame("", Take(buffer.Slice(0, reader.Position)));
            buffer = buffer.Slice(reader.Position);
            _seen = 0;
            return true;
        }

        _seen = buffer.Length;
        if (_seen > mostBytes) throw new FormatException($"An element of the stream is longer than {mostBytes} bytes.");
        return false;
    }

    /// <inheritdoc/>
    public bool TryReadLast(ref ReadOnlySequence<byte> buffer, out StreamFrame frame) => TryRead(ref buffer, out frame);

    // True at the last byte of an element.
    private bool Ends(byte next)
    {
        if (_inText)
        {
            if (_escaped) _escaped = false;
            else if (next == '\\') _escaped = true;
            else if (next == '"') _inText = false;
            return false;
        }

        switch (next)
        {
            case (byte)'"':
                _inText = true;
                return false;
            case (byte)'{' or (byte)'[':
                _depth++;
                return false;
            case (byte)'}' or (byte)']':
                return --_depth == 0;
            default:
                return false;
        }
    }

    private static void SkipBetween(ref ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        // A mark of the byte order, white space, the array's own brackets and commas.
        reader.AdvancePastAny("\uFEFF \t\r\n[,]"u8);
        buffer = buffer.Slice(reader.Position);
        if (!buffer.IsEmpty && buffer.FirstSpan[0] != '{') throw new FormatException("The stream is no JSON array of objects.");
    }

    private ReadOnlyMemory<byte> Take(ReadOnlySequence<byte> element)
    {
        if (_data.Length < element.Length) _data = new byte[Math.Max(element.Length, 4096)];
        element.CopyTo(_data);
        return _data.AsMemory(0, (int)element.Length);
    }
}
