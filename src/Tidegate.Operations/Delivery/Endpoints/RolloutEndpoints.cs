using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security;

namespace Tidegate.Operations.Delivery.Endpoints;

/// <summary>Rollouts: begun, watched, and stepped into. The id of a rollout or the name of its route will do.</summary>
internal static class RolloutEndpoints
{
    private const int Most = 1000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rollouts", ListAsync).RequirePermission(DeliveryModule.Read).WithName("listRollouts").WithSummary("Rollouts, newest first: those under way, or all.").Produces<Page<Rollout>>();
        api.MapGet("/rollouts/{id}", FindAsync).RequirePermission(DeliveryModule.Read).WithName("getRollout").WithSummary("One rollout, with the canary beside its baseline.").Produces<Rollout>();
        api.MapPost("/rollouts", StartAsync).RequirePermission(DeliveryModule.Rollout).WithName("startRollout").WithSummary("Begin the rollout of a route, if the gates of the services of its split allow it.").Produces<Rollout>(StatusCodes.Status201Created);
        api.MapPost("/rollouts/{id}/pause", PauseAsync).RequirePermission(DeliveryModule.Rollout).WithName("pauseRollout").WithSummary("Stop at the present share; a canary that fails loses its calls all the same.").Produces<Rollout>();
        api.MapPost("/rollouts/{id}/resume", ResumeAsync).RequirePermission(DeliveryModule.Rollout).WithName("resumeRollout").WithSummary("Go on; the step begins anew.").Produces<Rollout>();
        api.MapPost("/rollouts/{id}/promote", PromoteAsync).RequirePermission(DeliveryModule.Rollout).WithName("promoteRollout").WithSummary("Go to the next step, or to all calls.").Produces<Rollout>();
        api.MapPost("/rollouts/{id}/abort", AbortAsync).RequirePermission(DeliveryModule.Rollout).WithName("abortRollout").WithSummary("Take the canary's calls away.").Produces<Rollout>();
    }

    private static async Task<IResult> ListAsync(RolloutStore rollouts, bool? all, int? limit, CancellationToken cancel)
    {
        if (limit is < 1 or > Most) return Problems.BadRequest("limit", $"The limit {limit} is out of range.", $"Use 1 to {Most}.");
        return Results.Json(new Page<Rollout>(await rollouts.ListAsync(all ?? false, limit ?? 100, cancel), null), ApiJson.Options);
    }

    private static async Task<IResult> FindAsync(RolloutStore rollouts, string id, CancellationToken cancel) =>
        await rollouts.FindAsync(id, cancel) is { } rollout ? Results.Json(rollout, ApiJson.Options) : Problems.NotFound($"rollout {id}", "'tidegate rollout list --all' shows all.");

    private static async Task<IResult> StartAsync(RolloutStore rollouts, Gate gate, RolloutRequest body, Identity identity, HttpContext context, CancellationToken cancel)
    {
        if (body.Override is not null) identity.Assert(DeliveryModule.Override, context);
        // What could not begin anyway overrides nothing.
        var denied = new List<GateDecision>();
        foreach (var service in await rollouts.ServicesOfAsync(body, cancel))
        {
            var decision = await gate.DecideAsync(new GateRequest { Service = service, Change = body.Change, Priority = body.Priority, Override = body.Override }, identity.Actor, cancel);
            if (!decision.Allowed) denied.Add(decision);
        }

        if (denied.Count == 0) return Results.Json(await rollouts.StartAsync(body, identity.Actor, cancel), ApiJson.Options, statusCode: StatusCodes.Status201Created);
        return Problems.Conflict(
            "gate_denies", $"service/{denied[0].Service}", string.Join(' ', denied.SelectMany(d => d.Reasons.Where(r => r.Effect == GateEffect.Deny).Select(r => r.Text).Prepend(d.Summary))),
            $"'tidegate gate --service {denied[0].Service} --wait 30m' waits; --override REASON begins all the same.");
    }

    private static async Task<IResult> PauseAsync(RolloutStore rollouts, string id, RolloutOrder body, Actor author, CancellationToken cancel) =>
        Results.Json(await rollouts.PauseAsync(id, body, author, cancel), ApiJson.Options);

    private static async Task<IResult> ResumeAsync(RolloutStore rollouts, string id, RolloutOrder body, Actor author, CancellationToken cancel) =>
        Results.Json(await rollouts.ResumeAsync(id, body, author, cancel), ApiJson.Options);

    private static async Task<IResult> PromoteAsync(RolloutStore rollouts, string id, RolloutOrder body, Actor author, CancellationToken cancel) =>
        Results.Json(await rollouts.PromoteAsync(id, body, author, cancel), ApiJson.Options);

    private static async Task<IResult> AbortAsync(RolloutStore rollouts, string id, RolloutOrder body, Actor author, CancellationToken cancel) =>
        Results.Json(await rollouts.AbortAsync(id, body, author, cancel), ApiJson.Options);
}
