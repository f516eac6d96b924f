using Tidegate.Core.Calls;

namespace Tidegate.Core.Ports;

/// <summary>Gateway to Insight: where the bodies of calls go. Never waits: what it has no room for is dropped and counted.</summary>
public interface IBodySink
{
    /// <summary>Room for the bodies of a call that begins. False when there is none; the sink has counted the call then.</summary>
    /// <param name="bytes">Most memory they will take.</param>
    bool TryReserve(int bytes);

    /// <summary>The call has ended and its bodies are not kept: its room is free.</summary>
    void Release(int bytes);

    /// <summary>The call has ended and its bodies are to be kept; its room is free when they are on disk, or dropped and counted.</summary>
    void Write(CallBodies bodies);
}
