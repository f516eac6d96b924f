using Tidegate.Platform.Hosting;

namespace Tidegate.Breakers;

/// <summary>Breakers of services and of models, held open or closed by hand.</summary>
public sealed class BreakersModule : Module
{
    internal static readonly Permission Read = new("breakers.read", Role.Viewer, "See the breakers of services and models.");
    internal static readonly Permission Hold = new("breakers.hold", Role.Operator, "Hold breakers open or closed for a time, and release them.");

    /// <inheritdoc/>
    public override string Name => "Breakers";

    /// <inheritdoc/>
    public override IReadOnlyList<Permission> Permissions => [Read, Hold];

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api) => BreakerEndpoints.Map(api);
}
