using System.Collections.Concurrent;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;

namespace Tidegate.Insight.CallLog;

/// <summary>
/// Where the gateway leaves finished calls. Bounded in records and in bytes; takes a record or drops and counts it, and never waits. Records are not
/// pooled: live readers may hold one as long as they like, and one allocation is all that a call costs here.
/// </summary>
public sealed class CallSink(CallLogOptions options) : ICallSink
{
    // What a record and its strings cost at least; names are shared with the configuration.
    private const int RecordBytes = 600;

    private readonly ConcurrentQueue<CallRecord> _queue = new();
    private readonly long[] _dropped = new long[CallDropReasons.Words.Count];
    private int _count;
    private long _bytes;
    private volatile bool _closed;

    /// <summary>Called when the first record came into an empty queue, and when a batch is full: the writer waits for these.</summary>
    internal Action? Wake { get; set; }

    /// <summary>Records waiting.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Their bytes, by estimate.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Records dropped since the process began, for a reason.</summary>
    public long Dropped(CallDropReason reason) => Interlocked.Read(ref _dropped[(int)reason]);

    /// <summary>Records dropped since the process began.</summary>
    public long DroppedInAll => CallDropReasons.Words.Select((_, i) => Dropped((CallDropReason)i)).Sum();

    /// <inheritdoc/>
    public bool TryWrite(CallRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (_closed) return Refused(CallDropReason.ShuttingDown);
        var size = SizeOf(record);
        var count = Interlocked.Increment(ref _count);
        if (count > options.QueueRecords || Interlocked.Add(ref _bytes, size) > options.QueueBytes)
        {
            if (count <= options.QueueRecords) Interlocked.Add(ref _bytes, -size);
            Interlocked.Decrement(ref _count);
            return Refused(CallDropReason.QueueFull);
        }
        _queue.Enqueue(record);
        if (count == 1 || count == options.BatchRows) Wake?.Invoke();
        return true;
    }

    /// <summary>Takes up to a number of records out, oldest first, into an emptied list.</summary>
    internal void Take(List<CallRecord> batch, int most)
    {
        batch.Clear();
        long bytes = 0;
        while (batch.Count < most && _queue.TryDequeue(out var record))
        {
            batch.Add(record);
            bytes += SizeOf(record);
        }
        Interlocked.Add(ref _bytes, -bytes);
        Interlocked.Add(ref _count, -batch.Count);
    }

    /// <summary>Counts records as dropped.</summary>
    internal void Drop(CallDropReason reason, long records) => Interlocked.Add(ref _dropped[(int)reason], records);

    /// <summary>From now on records are dropped: the writer takes out what is there and ends.</summary>
    internal void Close() => _closed = true;

    private bool Refused(CallDropReason reason)
    {
        Drop(reason, 1);
        return false;
    }

    private static int SizeOf(CallRecord record) =>
        RecordBytes + (2 * (record.Path.Length + record.Host.Length + record.Error.Length + record.Why.Length)) + (100 * record.AttemptCount);
}
