using Tidegate.Core.Calls;

namespace Tidegate.Core.Ports;

/// <summary>Gateway to Insight: where finished calls go. Never waits; a full sink drops and counts (mission principle 2 and 3).</summary>
public interface ICallSink
{
    /// <summary>Takes the record over. False when it was dropped; the sink has counted it then.</summary>
    bool TryWrite(CallRecord record);
}
