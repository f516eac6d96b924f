using System.Collections.Concurrent;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Insight.CallLog;

namespace Tidegate.Insight.Bodies;

/// <summary>Where the gateway leaves bodies. Room is taken when a call begins, so that memory is bounded whatever calls do; a call without room is dropped and counted.</summary>
public sealed class BodySink(BodiesOptions options) : IBodySink
{
    private readonly ConcurrentQueue<CallBodies> _queue = new();
    private readonly long[] _dropped = new long[CallDropReasons.Words.Count];
    private int _count;
    private long _reserved;
    private volatile bool _closed;

    /// <summary>Called when the first bodies came into an empty queue, and when a batch is full: the writer waits for these.</summary>
    internal Action? Wake { get; set; }

    /// <summary>Calls whose bodies are waiting.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Memory taken, by calls under way and waiting ones.</summary>
    public long Reserved => Interlocked.Read(ref _reserved);

    /// <summary>Calls whose bodies were dropped since the process began, for a reason.</summary>
    public long Dropped(CallDropReason reason) => Interlocked.Read(ref _dropped[(int)reason]);

    /// <summary>The same for all reasons.</summary>
    public long DroppedInAll => CallDropReasons.Words.Select((_, i) => Dropped((CallDropReason)i)).Sum();

    /// <inheritdoc/>
    public bool TryReserve(int bytes)
    {
        if (_closed) return Refused(CallDropReason.ShuttingDown);
        if (Interlocked.Add(ref _reserved, bytes) <= options.MemoryBytes) return true;
        Release(bytes);
        return Refused(CallDropReason.QueueFull);
    }

    /// <inheritdoc/>
    public void Release(int bytes) => Interlocked.Add(ref _reserved, -bytes);

    /// <inheritdoc/>
    public void Write(CallBodies bodies)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        if (_closed)
        {
            Release(bodies.Reserved);
            Refused(CallDropReason.ShuttingDown);
            return;
        }

        var count = Interlocked.Increment(ref _count);
        _queue.Enqueue(bodies);
        if (count == 1 || count == options.BatchCalls) Wake?.Invoke();
    }

    /// <summary>Takes up to a number of calls out, oldest first, into an emptied list. Their room is free when <see cref="Done"/> says so.</summary>
    internal void Take(List<CallBodies> batch, int most)
    {
        batch.Clear();
        while (batch.Count < most && _queue.TryDequeue(out var bodies)) batch.Add(bodies);
        Interlocked.Add(ref _count, -batch.Count);
    }

    /// <summary>Frees the room of calls that are on disk or given up.</summary>
    internal void Done(List<CallBodies> batch)
    {
        foreach (var bodies in batch) Release(bodies.Reserved);
        batch.Clear();
    }

    /// <summary>Counts calls as dropped.</summary>
    internal void Drop(CallDropReason reason, long calls) => Interlocked.Add(ref _dropped[(int)reason], calls);

    /// <summary>From now on bodies are dropped: the writer takes out what is there and ends.</summary>
    internal void Close() => _closed = true;

    private bool Refused(CallDropReason reason)
    {
        Drop(reason, 1);
        return false;
    }
}
