using System.Buffers;
using Tidegate.Gateway.Models.Buffers;
using Tidegate.Models.Streaming;

namespace Tidegate.Gateway.Models.Relay;

/// <summary>A provider's stream, frame by frame, as its bytes come.</summary>
internal sealed class FrameSource(IFrameReader frames, BytePool pool) : IDisposable
{
    // Thousands of streams wait at a time with a buffer each, which is as long as their events are, mostly; a fast one, which fills it, reads as much as the HTTP client keeps.
    private const int Least = 256, Usual = 1024, Most = 4096;

    private readonly PooledBytes _bytes = new(pool);
    private ReadOnlySequence<byte> _left; // what is to be cut yet
    private int _at, _waits = Least, _size = Least, _room;

    /// <summary>Nothing more comes.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Where more is to be read into. What was read before is no longer valid.</summary>
    public Memory<byte> Room()
    {
        _bytes.DropFirst(_at);
        _at = 0;
        if (_bytes.Count == 0) _bytes.Clear();
        var room = _bytes.GetMemory(_size);
        _room = room.Length;
        return room;
    }

    /// <summary>So much of it was; nothing at the end of the stream.</summary>
    public void Took(int read)
    {
        _bytes.Advance(read);
        if (read == _room) (_waits, _size) = (Math.Min(2 * _waits, Usual), Most);
        else if (read <= Usual) _size = _waits;
        HasEnded = read == 0;
        _left = new ReadOnlySequence<byte>(_bytes.Memory);
    }

    /// <summary>Takes the next frame of what has come. False: more must come first, or nothing will.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="consumed">Its bytes, with framing and comments before it; without a frame, those of the next one so far.</param>
    public bool TryNext(out StreamFrame frame, out ReadOnlyMemory<byte> consumed)
    {
        var isWhole = frames.TryRead(ref _left, out frame) || (HasEnded && frames.TryReadLast(ref _left, out frame));
        var end = _bytes.Count - (int)_left.Length;
        consumed = _bytes.Memory[_at..end];
        _at = end;
        return isWhole;
    }

    /// <inheritdoc/>
    public void Dispose() => _bytes.Release();
}
