using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Platform.Audit.Chain;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Audit.Endpoints;

/// <summary>The trail over the API.</summary>
internal static class AuditEndpoints
{
    private const int MostPerPage = 500;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/audit", ListAsync).RequirePermission(AuditModule.Read);
        api.MapGet("/audit/verify", VerifyAsync).RequirePermission(AuditModule.Verify);
        api.MapGet("/audit/export", ExportAsync).RequirePermission(AuditModule.Verify);
    }

    private static async Task<IResult> ListAsync(
        AuditTrail trail, string? actor, string? action, string? target, string? correlation, DateTimeOffset? from, DateTimeOffset? to,
        string? cursor, int? limit, CancellationToken cancel)
    {
        long? below = null;
        if (cursor is not null)
        {
            if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return Problems.BadRequest("cursor", "The cursor is not one this list gave.");
            below = number;
        }

        if (limit is < 1 or > MostPerPage) return Problems.BadRequest("limit", $"The limit {limit} is out of range.", $"Use 1 to {MostPerPage}.");
        var size = limit ?? 50;
        var rows = await trail.ListAsync(new AuditQuery
        {
            Actor = actor, Action = action, Target = target, Correlation = correlation, From = from, To = to, Below = below, Limit = size + 1,
        }, cancel);
        // One more than asked for tells whether there is a next page without counting.
        var page = rows.Count > size ? rows.Take(size).ToList() : rows;
        return Results.Json(new Page<AuditRow>(page, rows.Count > size ? page[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null), ApiJson.Options);
    }

    private static async Task<IResult> VerifyAsync(AuditTrail trail, string[]? anchor, CancellationToken cancel)
    {
        var anchors = new List<AuditAnchor>();
        foreach (var text in anchor ?? [])
        {
            if (!AuditAnchor.TryParse(text, out var parsed)) return Problems.BadRequest("anchor", $"'{text}' is not an anchor.", "Give SEQUENCE:HASH as an earlier verification printed it.");
            anchors.Add(parsed!);
        }

        return Results.Json(await trail.VerifyAsync(anchors, cancel), ApiJson.Options);
    }

    private static Task ExportAsync(AuditState state, HttpContext context, CancellationToken cancel)
    {
        context.Response.ContentType = "application/x-ndjson";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"tidegate-audit.jsonl\"";
        return state.ExportAsync(context.Response.Body, cancel);
    }
}
