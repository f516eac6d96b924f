using System.Buffers;
using Tidegate.Gateway.Models.Buffers;
using Tidegate.Models.Streaming;

namespace Tidegate.Gateway.Models.Relay;

/// <summary>A provider's stream, frame by frame, as its bytes come.</summary>
internal sealed class FrameSource(Stream body, IFrameReader frames, BytePool pool) : IDisposable
{
    // Events are short, and thousands of streams wait at a time with a buffer of this length each; a fast one, which fills it, reads as much as the HTTP client keeps.
    private const int Usual = 1024, Most = 4096;

    private readonly PooledBytes _bytes = new(pool);
    private ReadOnlySequence<byte> _left; // what is to be cut yet
    private int _at, _size = Usual;

    /// <summary>Nothing more comes.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Waits for more. What was read before is no longer valid.</summary>
    public async ValueTask ReadAsync(CancellationToken cancel)
    {
        _bytes.DropFirst(_at);
        _at = 0;
        if (_bytes.Count == 0) _bytes.Clear();
        var room = _bytes.GetMemory(_size);
        var read = await body.ReadAsync(room, cancel);
        _bytes.Advance(read);
        _size = read == room.Length ? Most : read <= Usual ? Usual : _size;
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
