namespace Tidegate.Gateway.Snapshot;

/// <summary>The one field that is swapped. A call reads it once, at its start, and carries the snapshot.</summary>
internal sealed class SnapshotHolder
{
    private volatile GatewaySnapshot? _current;

    /// <summary>The snapshot in force; null before the first configuration.</summary>
    public GatewaySnapshot? Current => _current;

    /// <summary>Makes <paramref name="next"/> the one that new calls read.</summary>
    public void Swap(GatewaySnapshot next) => _current = next;
}
