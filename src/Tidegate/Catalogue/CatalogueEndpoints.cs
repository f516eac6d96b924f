using Tidegate.Core.Resources.Shapes;
using Tidegate.Models.Catalogue;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;

namespace Tidegate.Catalogue;

/// <summary>The catalogue over the admin API.</summary>
internal static class CatalogueEndpoints
{
    private const int MostOnAPage = 1000, DefaultPage = 100;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/models", List).RequirePermission(CatalogueModule.Read).WithSummary("List the catalogue of models and prices; by vendor, ability, part of the name.");
        api.MapGet("/models/{vendor}/{**name}", Show).RequirePermission(CatalogueModule.Read).WithSummary("One model of the catalogue, by any of its names.");
        api.MapGet("/catalogue", About).RequirePermission(CatalogueModule.Read).WithSummary("Which catalogue is in force: day, sources, number of models.");
        api.MapPut("/catalogue", ReplaceAsync).RequirePermission(CatalogueModule.Refresh).WithSummary("Put another catalogue in place on this node; it is checked first.");
        api.MapDelete("/catalogue", RemoveAsync).RequirePermission(CatalogueModule.Refresh).WithSummary("Go back to the catalogue the program came with.");
    }

    private static IResult List(CatalogueSource source, string? vendor, string? ability, string? find, string? cursor, int? limit)
    {
        var size = limit ?? DefaultPage;
        if (size is < 1 or > MostOnAPage) return Problems.BadRequest("limit", $"A page cannot have {size} models.", $"Legal are 1 to {MostOnAPage}.");
        var from = 0;
        if (cursor is not null && (!int.TryParse(cursor, out from) || from < 0)) return Problems.BadRequest("cursor", "This cursor is not one of this list.", "Take it from the answer before.");
        var found = source.Current.Models.Where(model =>
            (vendor is null || model.Vendor == vendor)
            && (ability is null || model.Abilities.Contains(ability, StringComparer.Ordinal))
            && (find is null || model.Name.Contains(find, StringComparison.OrdinalIgnoreCase))).Skip(from).Take(size + 1).Select(CatalogueEntry.Of).ToList();
        var next = found.Count > size ? (from + size).ToString() : null;
        return Results.Json(new Page<CatalogueEntry>([.. found.Take(size)], next), ApiJson.Options);
    }

    private static IResult Show(CatalogueSource source, string vendor, string name)
    {
        var catalogue = source.Current;
        if (catalogue.Find(vendor, name) is { } model) return Results.Json(CatalogueEntry.Of(model), ApiJson.Options);
        var near = Suggestion.For(name, catalogue.Models.Where(m => m.Vendor == vendor).Select(m => m.Name));
        return Problems.NotFound($"model {vendor}/{name} in the catalogue", $"'tidegate models list' shows them.{near}");
    }

    private static CatalogueAbout About(CatalogueSource source)
    {
        var catalogue = source.Current;
        return new(catalogue.AsOf, catalogue.Sources, catalogue.Models.Count, catalogue.Models.Count(m => m.Price is not null), source.IsOther ? "data" : "program", source.Problem);
    }

    private static async Task<IResult> ReplaceAsync(CatalogueSource source, CatalogueFile file, AuditTrail audit, Actor actor, HttpRequest request, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        body.Position = 0;
        ModelCatalogue next;
        try
        {
            next = ModelCatalogue.Read(body);
        }
        catch (FormatException wrong)
        {
            return Problems.BadRequest("body", $"This is no catalogue: {wrong.Message}", "Make one with eng/make-catalogue.mjs.");
        }

        var before = source.Current.AsOf;
        await audit.AppendAsync(new AuditEntry(actor, "models.refresh", "catalogue") { Before = before.ToString("O"), After = next.AsOf.ToString("O") }, cancel);
        await file.ReplaceAsync(body.ToArray(), cancel);
        source.Changed();
        return Results.Json(About(source), ApiJson.Options);
    }

    private static async Task<IResult> RemoveAsync(CatalogueSource source, CatalogueFile file, AuditTrail audit, Actor actor, CancellationToken cancel)
    {
        var before = source.Current.AsOf;
        await audit.AppendAsync(new AuditEntry(actor, "models.refresh", "catalogue") { Before = before.ToString("O"), After = "own" }, cancel);
        if (file.Remove()) source.Changed();
        return Results.Json(About(source), ApiJson.Options);
    }
}
