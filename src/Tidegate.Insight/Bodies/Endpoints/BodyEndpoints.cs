using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Insight.CallLog;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Bodies.Endpoints;

/// <summary>Bodies over the admin API. Reading them and erasing them is in the audit trail before it happens: without the trail there is neither.</summary>
internal static class BodyEndpoints
{
    private const int MostOfName = 253;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/calls/{id:length(32)}/bodies", ShowAsync).RequirePermission(BodiesModule.Read).WithName("showCallBodies")
            .WithSummary("The bodies that were kept of a call, masked. Every reading is audited.").Produces<CallBodiesEntry>();
        api.MapPost("/calls/erase", EraseAsync).RequirePermission(BodiesModule.Erase).WithName("eraseCalls")
            .WithSummary("Erase the records and bodies of a consumer's calls on this node.").Produces<EraseAnswer>().DisableRequestTimeout();
    }

    private static async Task<IResult> ShowAsync(string id, BodyStore store, AuditTrail audit, Actor actor, CancellationToken cancel)
    {
        if (!Guid.TryParseExact(id, "N", out var guid)) return Problems.BadRequest("id", $"'{id}' is not the id of a call.", "An id has 32 hex digits; callers get it as X-Tidegate-Call-Id.");
        try
        {
            if (store.Find(guid) is not { } found)
                return Problems.NotFound($"body of call {id}", "Bodies are kept where the Model says so (bodies.keep), for --bodies-days, and not of every call: see tidegate_call_bodies_dropped_total.");
            await audit.AppendAsync(new AuditEntry(actor, "calls.bodies", $"call/{id}"), cancel);
            return Results.Json(found, ApiJson.Options);
        }
        catch (BodiesUnavailableException unavailable)
        {
            return Problems.Unavailable(unavailable.Message, "Traffic goes on. The log names the file (event 3210).");
        }
    }

    private static async Task<IResult> EraseAsync(EraseRequest request, BodyStore bodies, CallStore calls, AuditTrail audit, Actor actor, CancellationToken cancel)
    {
        if (request.Consumer is not { Length: > 0 and <= MostOfName } consumer) return Problems.BadRequest("consumer", "It is not said whose calls are to be erased.", "Give the name of a consumer, as it stands in the records.");
        await audit.AppendAsync(new AuditEntry(actor, "calls.erase", $"consumer/{consumer}"), cancel);
        try
        {
            var erased = await bodies.EraseAsync(consumer, cancel);
            return Results.Json(new EraseAnswer(consumer, await calls.EraseAsync(consumer, cancel), erased), ApiJson.Options);
        }
        catch (Exception unavailable) when (unavailable is BodiesUnavailableException or CallLogUnavailableException)
        {
            return Problems.Unavailable($"Not everything was erased: {unavailable.Message}", "Erase again when it can be written; 'tidegate status' says what is wrong if it lasts.");
        }
    }
}
