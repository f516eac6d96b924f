using Tidegate.Models.Catalogue;
using Tidegate.Platform.Hosting;

namespace Tidegate.Catalogue;

/// <summary>The catalogue of models and prices: what this node bills by, and how it is renewed.</summary>
public sealed class CatalogueModule : Module
{
    internal static readonly Permission Read = new("models.read", Role.Viewer, "See the catalogue of models and prices.");
    internal static readonly Permission Refresh = new("models.refresh", Role.Operator, "Put another catalogue of models and prices in place.");

    /// <inheritdoc/>
    public override string Name => "Catalogue";

    /// <inheritdoc/>
    public override IReadOnlyList<Permission> Permissions => [Read, Refresh];

    /// <inheritdoc/>
    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        var file = new CatalogueFile(options.DataDirectory);
        services.AddSingleton(file).AddSingleton(new CatalogueSource(file.Open));
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api) => CatalogueEndpoints.Map(api);
}
