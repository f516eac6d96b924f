using Tidegate.Core.Resources;

namespace Tidegate.Operations.Delivery.Releasing;

/// <summary>Version labels that calls can get by the configuration.</summary>
internal static class VersionLabels
{
    /// <summary>Services whose answers name their version.</summary>
    public static IReadOnlyList<string> NamedByAnswers(ConfigDocument document) => [.. document.Services.Where(s => s.Spec.VersionHeader is not null).Select(s => s.Metadata.Name)];

    /// <summary>Those of routes and of the branches of their splits, with the service that answers.</summary>
    public static IEnumerable<(string Service, string Version)> Of(ConfigDocument document)
    {
        foreach (var route in document.Routes.Select(r => r.Spec))
        {
            if (route is { Service: { } service, Version: { } version }) yield return (service, version);
            foreach (var branch in route.Split)
                if ((branch.Version ?? route.Version) is { } label) yield return (branch.Service, label);
        }
    }
}
