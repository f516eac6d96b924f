using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Tidegate.Insight.InboundAlerts.Intake;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security;

namespace Tidegate.Insight.InboundAlerts.Doors;

/// <summary>PagerDuty's Events API v2, for programs that page: <c>routing_key</c> is a token. Answers have PagerDuty's shape, so that its clients can show them.</summary>
internal static class PagerDutyEvents
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, AllowDuplicateProperties = false, MaxDepth = 32,
    };

    public static void Map(IEndpointRouteBuilder root) => root.MapPost("/v2/enqueue", PostAsync).AllowWithoutLogin().WithMetadata(new RequestSizeLimitAttribute(IntakeLimits.PagerDutyBody))
        .WithTags(InboundAlertsModule.Word).WithName("enqueueEvent").WithSummary("An event as PagerDuty takes it (Events API v2); routing_key is a token with the scope alerts.write.");

    private static async Task<IResult> PostAsync(InboundAlertStore store, InboundAlertCounts counts, TokenCheck tokens, TimeProvider time, HttpContext http, CancellationToken cancel)
    {
        PagerDutyEvent told;
        try
        {
            told = await JsonSerializer.DeserializeAsync<PagerDutyEvent>(http.Request.Body, Json, cancel) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            // Not its message: it may quote the body, and with it the routing key.
            counts.Count(PagerDutyReader.Origin, InboundAlertResult.Invalid);
            return Invalid([$"the body is not the JSON that is expected here (at {error.Path ?? "$"})"]);
        }

        await tokens.RequireAsync(http, told.RoutingKey ?? "", InboundAlertsModule.Write, cancel);
        var key = told.DedupKey is { Length: > 0 } given ? given : told.EventAction == "trigger" ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) : "";
        var errors = new List<string>();
        if (PagerDutyReader.Read(told, key, time.GetUtcNow(), store.Installation, errors) is not { } alert)
        {
            counts.Count(PagerDutyReader.Origin, InboundAlertResult.Invalid);
            return Invalid(errors);
        }

        var result = (await store.TakeAsync([alert], cancel))[0];
        return result == InboundAlertResult.Full
            ? Answer(StatusCodes.Status429TooManyRequests, new { status = "throttle exceeded", message = $"{IntakeLimits.MostOpen} alerts from outside fire, and no more are taken: send it again when others have ended" })
            : Answer(StatusCodes.Status202Accepted, new { status = "success", message = "Event processed", dedup_key = key });
    }

    private static IResult Invalid(IReadOnlyList<string> errors) => Answer(StatusCodes.Status400BadRequest, new { status = "invalid event", message = "Event object is invalid", errors });

    private static IResult Answer(int status, object body) => Results.Json(body, Json, statusCode: status);
}
