using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.CallLog;

/// <summary>How the call log is: what the status of the node shows of it.</summary>
public sealed class CallLogHealth(CallSink sink, TimeProvider time) : IModuleHealth
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    /// <summary>A disk that works answers a batch in less; a checkpoint of a large segment takes as long now and then.</summary>
    internal static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private long _waitsSince;
    private string? _failure;
    private DateTimeOffset _failingSince;
    private IReadOnlyList<string> _damaged = [];
    private (long At, long Dropped) _before;
    private long _droppedRecently;

    /// <inheritdoc/>
    public string Module => CallLogModule.Word;

    /// <inheritdoc/>
    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_gate)
            {
                var problems = new List<string>(_damaged);
                if (_failure is not null) problems.Add($"The call log cannot be written since {_failingSince:yyyy-MM-dd HH:mm:ss} UTC: {_failure} Calls are served as usual; what does not fit in the queue is dropped and counted. It is tried again every second.");
                if (Waits() is { } wait) problems.Add($"The disk of the call log has not answered for {wait.TotalSeconds:0} s. Calls are served as usual and wait in the queue ({sink.Count} records); what does not fit is dropped and counted.");
                var dropped = RecentlyDropped();
                if (dropped > 0) problems.Add($"{dropped} call records were dropped in the last minute; see tidegate_call_records_dropped_total for the reasons.");
                return problems;
            }
        }
    }

    /// <summary>The writer's thread asks something of the disk.</summary>
    internal void Asks() => Interlocked.Exchange(ref _waitsSince, Math.Max(time.GetTimestamp(), 1));

    /// <summary>The disk has answered, well or not.</summary>
    internal void Answered() => Interlocked.Exchange(ref _waitsSince, 0);

    /// <summary>It cannot be opened or written.</summary>
    internal void Failed(string reason)
    {
        lock (_gate)
        {
            if (_failure is null) _failingSince = time.GetUtcNow();
            _failure = reason;
        }
    }

    /// <summary>It can be opened and written.</summary>
    internal void Works(IReadOnlyList<string> damaged)
    {
        lock (_gate)
        {
            _failure = null;
            _damaged = damaged;
        }
    }

    private TimeSpan? Waits() => Interlocked.Read(ref _waitsSince) is var since and not 0 && time.GetElapsedTime(since) is var wait && wait >= Slow ? wait : null;

    // Asked now and then: what was dropped since a look that is one to two minutes old.
    private long RecentlyDropped()
    {
        var dropped = sink.DroppedInAll;
        if (_before.At == 0 || time.GetElapsedTime(_before.At) >= Recent)
        {
            _droppedRecently = _before.At == 0 ? 0 : dropped - _before.Dropped;
            _before = (time.GetTimestamp(), dropped);
        }
        return _droppedRecently + dropped - _before.Dropped;
    }
}
