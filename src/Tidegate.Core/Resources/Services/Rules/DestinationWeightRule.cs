using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Services.Rules;

/// <summary>Some destination takes traffic.</summary>
internal sealed class DestinationWeightRule : ResourceRule<ServiceConfig>
{
    public override void Check(ServiceConfig spec, ResourceScope scope)
    {
        if (spec.Destinations.Count > 0 && spec.Destinations.All(d => d.Weight == 0))
            scope.Warning("no_weight", "spec.destinations", "Every destination has weight 0: all calls will be refused with 503.");
    }
}
