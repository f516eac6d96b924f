using Tidegate.Core.Resources.Objectives.MaintenanceWindows.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.MaintenanceWindows;

internal sealed class MaintenanceWindowKind : ResourceKind<MaintenanceWindowConfig>
{
    protected override IReadOnlyList<ResourceRule<MaintenanceWindowConfig>> Rules { get; } = [new MaintenanceWindowRule()];
}
