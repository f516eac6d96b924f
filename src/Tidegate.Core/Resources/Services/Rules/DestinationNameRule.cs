using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Services.Rules;

/// <summary>Names of destinations, zones and regions are fit for metrics and the call log.</summary>
internal sealed class DestinationNameRule : ResourceRule<ServiceConfig>
{
    public override void Check(ServiceConfig spec, ResourceScope scope)
    {
        for (int i = 0; i < spec.Destinations.Count; i++)
        {
            var destination = spec.Destinations[i];
            Check(destination.Name, $"spec.destinations[{i}].name", scope);
            Check(destination.Zone, $"spec.destinations[{i}].zone", scope);
            Check(destination.Region, $"spec.destinations[{i}].region", scope);
        }
    }

    private static void Check(string? word, string path, ResourceScope scope)
    {
        if (word is not null && !LabelWord.IsLegal(word)) scope.Error("bad_name", path, LabelWord.Problem(word));
    }
}
