using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Delivery.Endpoints;

/// <summary>The release gate. A decision is an answer (200), whichever it is.</summary>
internal static class GateEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/gate", AskAsync).RequirePermission(DeliveryModule.Read).WithName("askGate").WithSummary("May a service be released now? The decision with all reasons and figures.").Produces<GateDecision>();
        api.MapPost("/gate/override", OverrideAsync).RequirePermission(DeliveryModule.Override).WithName("overrideGate").WithSummary("Release although the gate denies: author and reason are audited.").Produces<GateDecision>();
    }

    private static async Task<IResult> AskAsync(Gate gate, GateRequest body, Actor author, CancellationToken cancel) => body.Override is null
        ? Results.Json(await gate.DecideAsync(body, author, cancel), ApiJson.Options)
        : Problems.BadRequest("override", "Asking does not override.", "Send it to /api/v1/gate/override.");

    private static async Task<IResult> OverrideAsync(Gate gate, GateRequest body, Actor author, CancellationToken cancel) => body.Override is not null
        ? Results.Json(await gate.DecideAsync(body, author, cancel), ApiJson.Options)
        : Problems.BadRequest("override", "An override needs a reason.");
}
