using Tidegate.Core.Calls;

namespace Tidegate.Core.Ports;

/// <summary>
/// Gateway to Insight: the exact counters behind objectives. Told of every call in the step that ends it, before its record is queued for the log, so that what
/// the log drops is counted all the same. Never waits, never throws, and usually allocates nothing.
/// </summary>
public interface ICallCounter
{
    /// <summary>Counts a call that has ended. The record may be read until this returns.</summary>
    void Count(CallRecord record);
}
