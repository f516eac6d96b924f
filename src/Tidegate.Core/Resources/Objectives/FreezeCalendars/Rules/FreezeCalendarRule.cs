using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.FreezeCalendars.Rules;

/// <summary>A freeze has times and a reason.</summary>
internal sealed class FreezeCalendarRule : ResourceRule<FreezeCalendarConfig>
{
    public override void Check(FreezeCalendarConfig spec, ResourceScope scope)
    {
        PeriodCheck.Check(spec.Windows, "spec.windows", scope);
        TextCheck.NotEmpty(spec.Reason, "spec.reason", scope);
    }
}
