using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Indicators.Probes;

/// <summary>How probes went last.</summary>
internal static class ProbeEndpoints
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/indicators/probes", List).RequirePermission(IndicatorsModule.Read).WithName("listProbes")
        .WithSummary("Probes of the configuration in force, and how each went last on this node.").Produces<Page<ProbeStatus>>();

    private static IResult List(ProbeSource source) => Results.Json(
        new Page<ProbeStatus>(
            [.. source.Probes.OrderBy(p => p.Series, StringComparer.Ordinal).Select(p => new ProbeStatus(
                p.Series, ProbeIndicator.Word(p.Config.Type), p.Config.Target, p.Last?.At, p.Last is { } last ? last.Problem is null : null, p.Last?.Problem, p.Last?.Took.TotalMilliseconds))], null),
        ApiJson.Options);
}
