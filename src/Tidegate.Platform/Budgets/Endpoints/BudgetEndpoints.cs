using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Core.Ports;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Budgets.Endpoints;

/// <summary>How budgets stand, ordered by budget and part.</summary>
internal static class BudgetEndpoints
{
    private const int MostPerPage = 1000;

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/budgets", List).RequirePermission(BudgetsModule.Read).WithName("listBudgets")
        .WithSummary("Budgets of models on this node: used, reserved, left, and when they start over.").Produces<Page<BudgetStatus>>();

    private static IResult List(IBudgetStatus status, string? cursor, int? limit)
    {
        if (limit is < 1 or > MostPerPage) return Problems.BadRequest("limit", $"The limit {limit} is out of range.", $"Use 1 to {MostPerPage}.");
        IEnumerable<BudgetStatus> rows = status.Budgets;
        if (cursor is not null)
        {
            // Names of budgets hold no slash.
            if (cursor.Split('/', 2) is not [var budget, var part]) return Problems.BadRequest("cursor", "The cursor is not one this list gave.");
            rows = rows.SkipWhile(b => string.CompareOrdinal(b.Budget, budget) is var order && (order < 0 || (order == 0 && string.CompareOrdinal(b.Part, part) <= 0)));
        }

        var page = rows.Take((limit ?? 100) + 1).ToList();
        var more = page.Count > (limit ?? 100);
        if (more) page.RemoveAt(page.Count - 1);
        return Results.Json(new Page<BudgetStatus>(page, more ? $"{page[^1].Budget}/{page[^1].Part}" : null), ApiJson.Options);
    }
}
