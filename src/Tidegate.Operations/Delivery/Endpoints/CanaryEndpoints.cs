using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Insight.CallLog;
using Tidegate.Operations.Delivery.Canary;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Delivery.Endpoints;

/// <summary>A canary beside its baseline, without a rollout.</summary>
internal static class CanaryEndpoints
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/canary", CompareAsync).RequirePermission(DeliveryModule.Read).WithName("compareCanary")
        .WithSummary("Compare a version with the others, from the call log: pass, fail or inconclusive, with the figures.").Produces<CanaryReport>();

    private static async Task<IResult> CompareAsync(CanaryAnalysis analysis, CanaryNames names, CanaryShare share, CanaryRequest body, CancellationToken cancel)
    {
        try
        {
            var report = await analysis.CompareAsync(body, cancel);
            await names.AssertAsync(body, report, cancel);
            return Results.Json(share.On(report, body.Service is { } service ? [service] : []), ApiJson.Options);
        }
        catch (CallLogUnavailableException unavailable)
        {
            return Problems.Unavailable(unavailable.Message, "The call log says in the status what ails it.");
        }
        catch (QueryLimitException limit)
        {
            return Problems.BadRequest("since", limit.Message, limit.Action);
        }
    }
}
