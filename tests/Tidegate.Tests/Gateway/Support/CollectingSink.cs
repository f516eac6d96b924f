using System.Collections.Concurrent;
using System.Threading.Channels;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>
/// A call sink that keeps everything and lets a test wait for the records it expects. A record is written when its call has ended, which is after the caller has the answer: calls
/// made one after the other may come in the other order, and a record may be outstanding when the next call is made. So whoever wants a certain one waits for all so far.
/// </summary>
internal sealed class CollectingSink : ICallSink
{
    private readonly ConcurrentQueue<CallRecord> _records = new();
    private readonly Channel<CallRecord> _arrived = Channel.CreateUnbounded<CallRecord>();
    private int _taken;

    /// <summary>All records so far, in the order their calls began.</summary>
    public IReadOnlyList<CallRecord> Records => [.. _records.OrderBy(r => NumberedIds.NumberOf(r.Id))];

    /// <summary>True refuses every record, as a full sink does.</summary>
    public bool Full { get; set; }

    public bool TryWrite(CallRecord record)
    {
        if (Full) return false;
        _records.Enqueue(record);
        return _arrived.Writer.TryWrite(record);
    }

    /// <summary>The next record nobody has taken yet, as they come: of several calls it may be anyone's.</summary>
    public async Task<CallRecord> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var record = await _arrived.Reader.ReadAsync(limit.Token);
        _taken++;
        return record;
    }

    /// <summary>Waits until that many records have come in all, and gives them in the order their calls began.</summary>
    public async Task<IReadOnlyList<CallRecord>> WaitForAsync(int count)
    {
        while (_taken < count) await NextAsync();
        return Records;
    }
}
