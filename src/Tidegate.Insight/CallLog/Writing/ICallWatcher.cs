using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Writing;

/// <summary>Sees every call that comes out of the queue, on the writer's thread, before it is on disk. Must be quick and must not throw.</summary>
internal interface ICallWatcher
{
    void Saw(IReadOnlyList<CallRecord> calls);
}
