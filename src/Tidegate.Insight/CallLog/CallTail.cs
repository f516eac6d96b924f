using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog.Writing;

namespace Tidegate.Insight.CallLog;

/// <summary>Calls as they end, for those who watch. A watcher that is too slow misses calls and is told how many; nobody waits for it.</summary>
public sealed class CallTail : ICallWatcher
{
    /// <summary>Most watchers at once: each costs the writer a look at every call.</summary>
    public const int MaxWatchers = 50;

    private readonly Lock _gate = new();
    private CallTailSubscription[] _subscriptions = [];

    /// <summary>Begins to watch; dispose it to end. Null when there are too many watchers already.</summary>
    public CallTailSubscription? Open(CallFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        lock (_gate)
        {
            if (_subscriptions.Length >= MaxWatchers) return null;
            var subscription = new CallTailSubscription(filter, Close);
            Volatile.Write(ref _subscriptions, [.. _subscriptions, subscription]);
            return subscription;
        }
    }

    void ICallWatcher.Saw(IReadOnlyList<CallRecord> calls)
    {
        foreach (var subscription in Volatile.Read(ref _subscriptions)) subscription.Offer(calls);
    }

    private void Close(CallTailSubscription subscription)
    {
        lock (_gate) Volatile.Write(ref _subscriptions, [.. _subscriptions.Where(s => s != subscription)]);
    }
}
