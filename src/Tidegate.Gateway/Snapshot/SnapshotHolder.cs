using Tidegate.Gateway.Request;

namespace Tidegate.Gateway.Snapshot;

/// <summary>The one field that is swapped. A call reads it once, at its start, and carries the snapshot.</summary>
internal sealed class SnapshotHolder
{
    private volatile GatewaySnapshot? _current;

    /// <summary>The snapshot in force; null before the first configuration.</summary>
    public GatewaySnapshot? Current => _current;

    /// <summary>Gives the call the snapshot in force and counts it there, so that what the snapshot alone uses is kept until the call has ended.</summary>
    public void Enter(GatewayCall call)
    {
        while (_current is { } snapshot)
        {
            call.CountedAt = snapshot.Calls.Increment();
            if (ReferenceEquals(snapshot, _current))
            {
                call.Snapshot = snapshot;
                return;
            }

            // Swapped in between: whoever retires it may have seen the count without us.
            snapshot.Calls.Decrement(call.CountedAt);
        }
    }

    /// <summary>Ends what <see cref="Enter"/> began.</summary>
    public static void Leave(GatewayCall call) => call.Snapshot?.Calls.Decrement(call.CountedAt);

    /// <summary>Makes <paramref name="next"/> the one that new calls read.</summary>
    public void Swap(GatewaySnapshot next)
    {
        _current = next;
        Interlocked.MemoryBarrier();
    }
}
