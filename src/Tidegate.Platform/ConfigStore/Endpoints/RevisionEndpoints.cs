using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.ConfigStore.Endpoints;

/// <summary>The history of the configuration.</summary>
internal static class RevisionEndpoints
{
    private const int MostPerPage = 500;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/config/revisions", ListAsync).RequirePermission(ConfigStoreModule.Read);
        api.MapGet("/config/revisions/{number:long}", FindAsync).RequirePermission(ConfigStoreModule.Read);
        api.MapGet("/config/revisions/{number:long}/document", DocumentAsync).RequirePermission(ConfigStoreModule.Read);
        api.MapGet("/config/diff", DiffAsync).RequirePermission(ConfigStoreModule.Read);
    }

    private static async Task<IResult> ListAsync(RevisionStore revisions, string? cursor, int? limit, CancellationToken cancel)
    {
        long? below = null;
        if (cursor is not null)
        {
            if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return Problems.BadRequest("cursor", "The cursor is not one this list gave.");
            below = number;
        }

        if (limit is < 1 or > MostPerPage) return Problems.BadRequest("limit", $"The limit {limit} is out of range.", $"Use 1 to {MostPerPage}.");
        int size = limit ?? 50;
        var rows = await revisions.ListAsync(below, size + 1, cancel);
        var page = rows.Take(size).ToList();
        return Results.Json(new Page<Revision>(page, rows.Count > size ? page[^1].Number.ToString(CultureInfo.InvariantCulture) : null), ApiJson.Options);
    }

    private static async Task<IResult> FindAsync(RevisionStore revisions, long number, CancellationToken cancel) =>
        await revisions.FindAsync(number, cancel) is { } revision
            ? Results.Json(revision, ApiJson.Options)
            : Problems.NotFound($"revision {number}", "List them with 'tidegate revisions'.");

    private static async Task<IResult> DocumentAsync(RevisionStore revisions, long number, string? kind, string? name, string? format, CancellationToken cancel) =>
        ConfigEndpoints.Document(await revisions.DocumentAsync(number, cancel), number, [], kind, name, format);

    private static async Task<IResult> DiffAsync(RevisionStore revisions, long from, long to, CancellationToken cancel) =>
        Results.Json(await revisions.DiffAsync(from, to, cancel), ApiJson.Options);
}
