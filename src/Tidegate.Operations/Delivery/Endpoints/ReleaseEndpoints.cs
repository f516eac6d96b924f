using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Delivery.Endpoints;

/// <summary>Releases: told of by pipelines, or seen in the traffic.</summary>
internal static class ReleaseEndpoints
{
    private const int Most = 1000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/releases", ListAsync).RequirePermission(DeliveryModule.Read).WithName("listReleases").WithSummary("Releases, newest first.").Produces<Page<Release>>();
        api.MapGet("/releases/{id}", FindAsync).RequirePermission(DeliveryModule.Read).WithName("getRelease").WithSummary("One release.").Produces<Release>();
        api.MapPost("/releases", StartAsync).RequirePermission(DeliveryModule.Release).WithName("startRelease").WithSummary("A release begins.").Produces<Release>(StatusCodes.Status201Created);
        api.MapPost("/releases/{id}/finish", FinishAsync).RequirePermission(DeliveryModule.Release).WithName("finishRelease").WithSummary("A release has ended: succeeded, failed or rolled_back.").Produces<Release>();
    }

    private static async Task<IResult> ListAsync(ReleaseStore releases, string? service, DateTimeOffset? before, int? limit, CancellationToken cancel)
    {
        if (limit is < 1 or > Most) return Problems.BadRequest("limit", $"The limit {limit} is out of range.", $"Use 1 to {Most}.");
        return Results.Json(new Page<Release>(await releases.ListAsync(service, before, limit ?? 100, cancel), null), ApiJson.Options);
    }

    private static async Task<IResult> FindAsync(ReleaseStore releases, string id, CancellationToken cancel) =>
        await releases.FindAsync(id, cancel) is { } release ? Results.Json(release, ApiJson.Options) : None(id);

    private static async Task<IResult> StartAsync(ReleaseStore releases, ReleaseRequest body, Actor author, CancellationToken cancel) =>
        Results.Json(await releases.StartAsync(body, author, cancel), ApiJson.Options, statusCode: StatusCodes.Status201Created);

    private static async Task<IResult> FinishAsync(ReleaseStore releases, string id, ReleaseFinish body, Actor author, CancellationToken cancel)
    {
        if (await releases.FinishAsync(id, body, author, cancel) is not { } release) return None(id);
        return release.State == body.Result
            ? Results.Json(release, ApiJson.Options)
            : Problems.Conflict("release_finished", $"release {id}", $"The release has ended before, as {Words.Of(release.State)}.", "Begin a new release for another attempt.");
    }

    private static ProblemResult None(string id) => Problems.NotFound($"release {id}", "'tidegate release list' shows them.");
}
