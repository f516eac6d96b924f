using System.Collections.Concurrent;
using System.Threading.Channels;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>A call sink that keeps everything and lets a test wait for the records it expects.</summary>
internal sealed class CollectingSink : ICallSink
{
    private readonly ConcurrentQueue<CallRecord> _records = new();
    private readonly Channel<CallRecord> _arrived = Channel.CreateUnbounded<CallRecord>();
    private int _taken;

    /// <summary>All records so far, in the order they ended.</summary>
    public IReadOnlyList<CallRecord> Records => [.. _records];

    /// <summary>True refuses every record, as a full sink does.</summary>
    public bool Full { get; set; }

    public bool TryWrite(CallRecord record)
    {
        if (Full) return false;
        _records.Enqueue(record);
        return _arrived.Writer.TryWrite(record);
    }

    /// <summary>The next record nobody has taken yet.</summary>
    public async Task<CallRecord> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var record = await _arrived.Reader.ReadAsync(limit.Token);
        _taken++;
        return record;
    }

    /// <summary>Waits until that many records have come in all.</summary>
    public async Task<IReadOnlyList<CallRecord>> WaitForAsync(int count)
    {
        while (_taken < count) await NextAsync();
        return Records;
    }
}
