using Tidegate.Models.Chat;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats;

/// <summary>Reads a provider's stream. Keeps what it must know of the frames before; one per stream.</summary>
public interface IStreamReader
{
    /// <summary>
    /// Adds what a frame says to <paramref name="events"/>; nothing for pings and empty deltas. False when the frame is malformed: it is skipped and counted, and the
    /// stream goes on.
    /// </summary>
    bool Read(in StreamFrame frame, ICollection<ChatEvent> events);
}
