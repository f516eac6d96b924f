using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.MaintenanceWindows.Rules;

/// <summary>Maintenance has times and a reason.</summary>
internal sealed class MaintenanceWindowRule : ResourceRule<MaintenanceWindowConfig>
{
    public override void Check(MaintenanceWindowConfig spec, ResourceScope scope)
    {
        PeriodCheck.Check(spec.Windows, "spec.windows", scope);
        TextCheck.NotEmpty(spec.Reason, "spec.reason", scope);
    }
}
