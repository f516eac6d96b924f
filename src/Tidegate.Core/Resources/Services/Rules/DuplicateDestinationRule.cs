using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Services.Rules;

/// <summary>Destinations differ in address and in name: health and counters are kept by them.</summary>
internal sealed class DuplicateDestinationRule : ResourceRule<ServiceConfig>
{
    public override void Check(ServiceConfig spec, ResourceScope scope)
    {
        var addresses = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < spec.Destinations.Count; i++)
        {
            var destination = spec.Destinations[i];
            if (!addresses.TryAdd(destination.Address.AbsoluteUri, i))
            {
                scope.Error("duplicate_destination", $"spec.destinations[{i}].address",
                    $"{destination.Address.OriginalString} stands here twice, first in destinations[{addresses[destination.Address.AbsoluteUri]}]: give one of them more weight instead.");
            }
            else if (destination.Name is { } name && !names.TryAdd(name, i))
            {
                scope.Error("duplicate_destination", $"spec.destinations[{i}].name", $"The name \"{name}\" stands here twice, first in destinations[{names[name]}]: rename one.");
            }
        }
    }
}
