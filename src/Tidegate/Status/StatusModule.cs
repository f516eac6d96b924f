using Tidegate.Platform.Hosting;

namespace Tidegate.Status;

/// <summary>How the node is: health for load balancers, details for people, the description of the API.</summary>
public sealed class StatusModule : Module
{
    internal static readonly Permission Read = new("status.read", Role.Viewer, "See the health of the node and the description of the API.");

    /// <inheritdoc/>
    public override string Name => "Status";

    /// <inheritdoc/>
    public override IReadOnlyList<Permission> Permissions => [Read];

    /// <inheritdoc/>
    public override void Register(IServiceCollection services, ProcessOptions options) => services.AddSingleton<NodeStatusReader>();

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/status", (NodeStatusReader status) => status.Read())
            .WithSummary("How the node is: configuration in force, destinations, modules.").RequirePermission(Read);
        api.MapOpenApi("/openapi.json").RequirePermission(Read);
    }

    /// <inheritdoc/>
    public override void MapRoot(IEndpointRouteBuilder root)
    {
        root.MapGet("/livez", () => TypedResults.Text("ok")).AllowWithoutLogin();
        root.MapGet("/readyz", (NodeStatusReader status) =>
        {
            var reasons = status.NotReady();
            return TypedResults.Json(new Readiness(reasons.Count == 0, reasons), ApiJson.Options, statusCode: reasons.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).AllowWithoutLogin();
    }
}
