using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Tidegate.Insight.Objectives.Ceilings;
using Tidegate.Insight.Objectives.Judging;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Objectives.Endpoints;

/// <summary>How objectives stand, and their alerts.</summary>
internal static class ObjectiveEndpoints
{
    private const int MostPerPage = 1000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/objectives", List).RequirePermission(ObjectivesModule.Read).WithName("listObjectives")
            .WithSummary("Objectives by id: ratio, budget left, burn.").Produces<Page<ObjectiveStatus>>();
        api.MapGet("/objectives/{**id}", Find).RequirePermission(ObjectivesModule.Read).WithName("getObjective")
            .WithSummary("One objective.").Produces<ObjectiveStatus>();
        api.MapGet("/objectives/{id}/attribution", AttributionEndpoint.SplitAsync).RequirePermission(ObjectivesModule.Read).WithName("attributeBudget")
            .WithSummary("What used the budget of an objective in a time. Slashes of its id are written %2F.").Produces<Attribution>();
        api.MapGet("/objectives/{id}/ceiling", CeilingAsync).RequirePermission(ObjectivesModule.Read).WithName("getCeiling")
            .WithSummary("What the service of an objective can promise at most, by declared dependencies and by those seen in traffic. Slashes of the id are written %2F.").Produces<ObjectiveCeiling>();
        api.MapPost("/objectives/replay", ReplayEndpoint.RunAsync).RequirePermission(ObjectivesModule.Read).WithName("replayObjectives")
            .WithSummary("What proposed objectives and alerts would have made of recorded history; stores nothing and tells nobody.").Produces<Replay>().DisableRequestTimeout();
        api.MapGet("/alerts", ListAlertsAsync).RequirePermission(ObjectivesModule.Read).WithName("listAlerts")
            .WithSummary("Alerts of objectives and from outside, newest first: those that fire, or all.").Produces<Page<Alert>>();
        api.MapGet("/alerts/{**id}", FindAlertAsync).RequirePermission(ObjectivesModule.Read).WithName("getAlert").WithSummary("One alert with its evidence.").Produces<Alert>();
    }

    private static IResult List(ObjectiveBook book, TimeProvider time, string? slo, string? service, string? cursor, int? limit)
    {
        if (limit is < 1 or > MostPerPage) return Problems.BadRequest("limit", $"The limit {limit} is out of range.", $"Use 1 to {MostPerPage}.");
        var size = limit ?? 100;
        var rows = book.Statuses(time.GetUtcNow()).Concat(book.Unjudged(time.GetUtcNow()))
            .Where(s => (slo is null || s.Slo == slo) && (service is null || s.Service == service) && (cursor is null || string.CompareOrdinal(s.Id, cursor) > 0))
            .OrderBy(s => s.Id, StringComparer.Ordinal).Take(size + 1).ToList();
        return Results.Json(new Page<ObjectiveStatus>([.. rows.Take(size)], rows.Count > size ? rows[size - 1].Id : null), ApiJson.Options);
    }

    private static IResult Find(ObjectiveBook book, TimeProvider time, string id) => (book.Status(id, time.GetUtcNow()) ?? book.Unjudged(time.GetUtcNow()).FirstOrDefault(o => o.Id == id)) is { } status
        ? Results.Json(status, ApiJson.Options)
        : Problems.NotFound($"objective {id}", "'tidegate slo list' shows all.");

    private static async Task<IResult> CeilingAsync(ObjectiveBook book, CeilingFinder ceilings, string id, CancellationToken cancel)
    {
        // Slashes that were escaped still are.
        var name = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return book.States.GetValueOrDefault(name) is { } state
            ? Results.Json(await ceilings.FindAsync(state.Objective.Service, cancel), ApiJson.Options)
            : Problems.NotFound($"objective {name}", "'tidegate slo list' shows all. A new SLO is judged within 10 s.");
    }

    private static async Task<IResult> ListAlertsAsync(AlertList alerts, bool? all, DateTimeOffset? before, int? limit, CancellationToken cancel)
    {
        if (limit is < 1 or > MostPerPage) return Problems.BadRequest("limit", $"The limit {limit} is out of range.", $"Use 1 to {MostPerPage}.");
        var (items, next) = await alerts.PageAsync(all ?? false, before, limit ?? 100, cancel);
        return Results.Json(new Page<Alert>(items, next?.ToString("o")), ApiJson.Options);
    }

    private static async Task<IResult> FindAlertAsync(AlertList alerts, [FromServices] IEnumerable<IAlertSuppression> suppressions, string id, CancellationToken cancel)
    {
        if (await alerts.FindAsync(id, cancel) is not { } alert) return Problems.NotFound($"alert {id}", "'tidegate alerts list --all' shows all.");
        foreach (var suppression in suppressions) alert = alert with { Suppressed = alert.Suppressed ?? await suppression.ReasonAsync(alert, cancel) };
        return Results.Json(alert, ApiJson.Options);
    }
}
