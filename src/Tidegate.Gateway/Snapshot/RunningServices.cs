namespace Tidegate.Gateway.Snapshot;

/// <summary>The services in force, for background work outside this folder: it looks again each time, and so follows every swap.</summary>
internal sealed class RunningServices(SnapshotHolder holder)
{
    /// <summary>Services of the snapshot in force; empty before the first.</summary>
    public IReadOnlyList<ServiceModel> Current => holder.Current?.Services ?? [];
}
