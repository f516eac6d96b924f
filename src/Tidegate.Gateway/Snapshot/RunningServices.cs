using Tidegate.Gateway.Models.Budgets;
using Tidegate.Gateway.Models.Targets;

namespace Tidegate.Gateway.Snapshot;

/// <summary>The services and budgets in force, for background work outside this folder: it looks again each time, and so follows every swap.</summary>
internal sealed class RunningServices(SnapshotHolder holder)
{
    /// <summary>Services of the snapshot in force; empty before the first.</summary>
    public IReadOnlyList<ServiceModel> Current => holder.Current?.Services ?? [];

    /// <summary>Aliases of models of the snapshot in force; empty before the first.</summary>
    public IReadOnlyList<AliasModel> Aliases => holder.Current?.Models.All ?? [];

    /// <summary>Budgets of the snapshot in force, and the caps of its shadows; empty before the first.</summary>
    public IReadOnlyList<BudgetModel> Budgets => [.. holder.Current?.Models.Budgets.All ?? [], .. Aliases.Select(a => a.Shadow?.Budget).OfType<BudgetModel>()];
}
