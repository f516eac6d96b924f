using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Bodies;

/// <summary>How the log of bodies is: what the status of the node shows of it.</summary>
public sealed class BodiesHealth(BodySink sink, TimeProvider time) : IModuleHealth
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private string? _failure;
    private DateTimeOffset _failingSince;
    private (long At, long Dropped) _before;
    private long _droppedBefore;

    /// <inheritdoc/>
    public string Module => BodiesModule.Word;

    /// <inheritdoc/>
    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_gate)
            {
                var problems = new List<string>();
                if (_failure is not null) problems.Add($"Bodies of calls cannot be written since {_failingSince:yyyy-MM-dd HH:mm:ss} UTC: {_failure} Calls and their records are not affected; bodies without room are dropped and counted. It is tried again every second.");
                if (RecentlyDropped() is > 0 and var dropped) problems.Add($"The bodies of {dropped} calls were dropped in the last minute; see tidegate_call_bodies_dropped_total for the reasons.");
                return problems;
            }
        }
    }

    /// <summary>They cannot be written.</summary>
    internal void Failed(string reason)
    {
        lock (_gate)
        {
            if (_failure is null) _failingSince = time.GetUtcNow();
            _failure = reason;
        }
    }

    /// <summary>They can be written.</summary>
    internal void Works()
    {
        lock (_gate) _failure = null;
    }

    // Asked now and then: what was dropped since a look that is one to two minutes old.
    private long RecentlyDropped()
    {
        var dropped = sink.DroppedInAll;
        if (_before.At == 0 || time.GetElapsedTime(_before.At) >= Recent)
        {
            _droppedBefore = _before.At == 0 ? 0 : dropped - _before.Dropped;
            _before = (time.GetTimestamp(), dropped);
        }

        return _droppedBefore + dropped - _before.Dropped;
    }
}
