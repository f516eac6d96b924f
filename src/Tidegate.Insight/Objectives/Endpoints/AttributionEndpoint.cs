using Microsoft.AspNetCore.Http;
using Tidegate.Insight.Objectives.Attributing;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Objectives.Endpoints;

/// <summary>What used a budget.</summary>
internal static class AttributionEndpoint
{
    public static async Task<IResult> SplitAsync(BudgetAttribution attribution, TimeProvider time, string id, string? by, string? from, string? to, int? limit, CancellationToken cancel)
    {
        if (by is null) return Problems.BadRequest("by", "By what is to be split is missing.", $"Use one of {string.Join(", ", attribution.Words)}.");
        if (limit is < 1 or > BudgetAttribution.MostParts) return Problems.BadRequest("limit", $"The limit {limit} is out of range.", $"Use 1 to {BudgetAttribution.MostParts}.");
        var (begin, end) = TimeRange.Read(("from", from ?? "30d"), ("to", to), time.GetUtcNow(), BudgetAttribution.MostDays);
        // Slashes that were escaped still are.
        var name = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return await attribution.SplitAsync(name, by, begin, end, limit ?? 20, cancel) is { } split
            ? Results.Json(split, ApiJson.Options)
            : Problems.NotFound($"objective {name}", "'tidegate slo list' shows all. A new SLO is judged within 10 s.");
    }
}
