using System.Buffers;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats;

/// <summary>Writes a stream in a caller's format. Keeps what it must know of the events before; one per stream.</summary>
public interface IStreamWriter
{
    /// <summary>Writes what the caller must see of an event, framing included; nothing for events the format does not show.</summary>
    void Write(ChatEvent next, IBufferWriter<byte> output);

    /// <summary>
    /// Writes the end: closing frames and terminator of a clean one. After <see cref="Failed"/> only what the format demands; a failed stream must never look like a
    /// clean end.
    /// </summary>
    void End(IBufferWriter<byte> output);
}
