using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.ConfigStore.Endpoints;

/// <summary>Overlays: time-limited changes.</summary>
internal static class OverlayEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/config/overlays", ListAsync).RequirePermission(ConfigStoreModule.Read);
        api.MapPost("/config/overlays", CreateAsync).RequirePermission(ConfigStoreModule.Overlay);
        api.MapDelete("/config/overlays/{id}", RevokeAsync).RequirePermission(ConfigStoreModule.Overlay);
    }

    // Few at a time by their nature: one page, in the shape of every list.
    private static async Task<IResult> ListAsync(OverlayStore overlays, bool? all, CancellationToken cancel) =>
        Results.Json(new Page<Overlay>(await overlays.ListAsync(all ?? false, cancel), null), ApiJson.Options);

    private static async Task<IResult> CreateAsync(OverlayStore overlays, OverlayRequest body, Actor author, CancellationToken cancel) =>
        Results.Json(await overlays.CreateAsync(body, author, cancel), ApiJson.Options, statusCode: StatusCodes.Status201Created);

    private static async Task<IResult> RevokeAsync(OverlayStore overlays, string id, Actor author, CancellationToken cancel) =>
        await overlays.RevokeAsync(id, author, cancel) ? Results.NoContent() : Problems.NotFound($"overlay {id}", "It may have expired: 'tidegate overlay list --all' shows all.");
}
