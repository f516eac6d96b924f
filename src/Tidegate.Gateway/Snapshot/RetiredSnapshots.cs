namespace Tidegate.Gateway.Snapshot;

/// <summary>Snapshots that were replaced, oldest first, with what nobody will need once their last call has ended: connections of services and providers that are gone or speak otherwise.</summary>
internal sealed class RetiredSnapshots
{
    private readonly Queue<(GatewaySnapshot Snapshot, IDisposable[] Dropped)> _retired = new();

    /// <summary>Calls still running on replaced snapshots.</summary>
    public long Calls
    {
        get
        {
            lock (_retired) return _retired.Sum(r => r.Snapshot.Calls.Value);
        }
    }

    /// <summary>Takes the old snapshot over after the swap.</summary>
    public void Add(GatewaySnapshot old, GatewaySnapshot next)
    {
        var kept = next.Connections.ToHashSet();
        lock (_retired) _retired.Enqueue((old, [.. old.Connections.Where(s => !kept.Contains(s))]));
    }

    /// <summary>Disposes what no call can be using any more. True when nothing is left to wait for.</summary>
    public bool Sweep()
    {
        lock (_retired)
        {
            // A state dropped with one snapshot may be in use by calls of the snapshots before it: strictly oldest first.
            while (_retired.TryPeek(out var oldest) && oldest.Snapshot.Calls.Value == 0)
            {
                foreach (var dropped in _retired.Dequeue().Dropped) dropped.Dispose();
            }

            return _retired.Count == 0;
        }
    }
}
