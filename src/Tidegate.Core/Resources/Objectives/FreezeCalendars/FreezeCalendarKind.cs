using Tidegate.Core.Resources.Objectives.FreezeCalendars.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.FreezeCalendars;

internal sealed class FreezeCalendarKind : ResourceKind<FreezeCalendarConfig>
{
    protected override IReadOnlyList<ResourceRule<FreezeCalendarConfig>> Rules { get; } = [new FreezeCalendarRule()];
}
