using System.Buffers;

namespace Tidegate.Models.Streaming;

/// <summary>Cuts a byte stream into frames, however the network cut it. One per stream.</summary>
public interface IFrameReader
{
    /// <summary>
    /// Takes the next frame from the front of <paramref name="buffer"/> and moves its start past it. False when no whole frame is there: read more, and call again
    /// with what was left. Comments and keep-alives are consumed and not reported.
    /// </summary>
    /// <exception cref="FormatException">The bytes cannot be this framing, or a frame exceeds the limit: the stream is broken.</exception>
    bool TryRead(ref ReadOnlySequence<byte> buffer, out StreamFrame frame);

    /// <summary>What is left when the stream has ended: true when a last frame without its terminator is usable.</summary>
    bool TryReadLast(ref ReadOnlySequence<byte> buffer, out StreamFrame frame);
}
