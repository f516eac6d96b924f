using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Delivery.Endpoints;

/// <summary>Freezes: begun and ended by hand, or by error budget policies.</summary>
internal static class FreezeEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/freezes", ListAsync).RequirePermission(DeliveryModule.Read).WithName("listFreezes").WithSummary("Freezes, newest first: those that hold, or all.").Produces<Page<Freeze>>();
        api.MapPost("/freezes", StartAsync).RequirePermission(DeliveryModule.Freeze).WithName("startFreeze").WithSummary("Begin a freeze: the gate refuses releases of the service.").Produces<Freeze>(StatusCodes.Status201Created);
        api.MapDelete("/freezes/{id}", EndAsync).RequirePermission(DeliveryModule.Freeze).WithName("endFreeze").WithSummary("End a freeze.").Produces<Freeze>();
    }

    private static async Task<IResult> ListAsync(Freezes freezes, string? service, bool? all, CancellationToken cancel) =>
        Results.Json(new Page<Freeze>(await freezes.ListAsync(service, all ?? false, cancel), null), ApiJson.Options);

    private static async Task<IResult> StartAsync(Freezes freezes, KnownServices services, FreezeRequest body, Actor author, CancellationToken cancel)
    {
        // Policies know what they name; a person may mistype it. What is blank is refused for that.
        if (!string.IsNullOrWhiteSpace(body.Service)) await services.AssertAsync([body.Service], cancel);
        return Results.Json(await freezes.StartAsync(body, author, cancel), ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> EndAsync(Freezes freezes, string id, Actor author, CancellationToken cancel) =>
        await freezes.EndAsync(id, author, cancel) is { } ended ? Results.Json(ended, ApiJson.Options) : Problems.NotFound($"freeze {id} that holds", "'tidegate freeze list --all' shows all.");
}
