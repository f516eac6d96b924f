using System.Threading.Channels;
using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog;

/// <summary>One watcher of <see cref="CallTail"/>.</summary>
public sealed class CallTailSubscription : IDisposable
{
    private readonly CallFilter _filter;
    private readonly Action<CallTailSubscription> _close;
    private readonly Channel<CallRecord> _calls = Channel.CreateBounded<CallRecord>(new BoundedChannelOptions(1_000) { SingleReader = true, SingleWriter = true });
    private long _missed;

    internal CallTailSubscription(CallFilter filter, Action<CallTailSubscription> close) => (_filter, _close) = (filter, close);

    /// <summary>Calls that matched and were left out because this watcher was too slow.</summary>
    public long Missed => Interlocked.Read(ref _missed);

    /// <summary>Waits for calls: true when there are some.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancel) => _calls.Reader.WaitToReadAsync(cancel);

    /// <summary>The next call that is there, oldest first; null when none is.</summary>
    public CallEntry? Next() => _calls.Reader.TryRead(out var call) ? CallEntry.Of(call) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _close(this);
        _calls.Writer.TryComplete();
    }

    internal void Offer(IReadOnlyList<CallRecord> calls)
    {
        foreach (var call in calls)
        {
            if (_filter.Matches(call) && !_calls.Writer.TryWrite(call)) Interlocked.Increment(ref _missed);
        }
    }
}
