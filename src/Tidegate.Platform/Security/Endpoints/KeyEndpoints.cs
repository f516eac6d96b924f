using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Shapes;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Keys;

namespace Tidegate.Platform.Security.Endpoints;

/// <summary>Keys of callers.</summary>
internal static partial class KeyEndpoints
{
    private const int MostNamed = 10;
    private static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(90);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/keys", ListAsync).RequirePermission(SecurityModule.KeysRead).WithSummary("List caller keys; with ended=true also those revoked or expired.");
        api.MapGet("/keys/{id}", GetAsync).RequirePermission(SecurityModule.KeysRead).WithSummary("One caller key.");
        api.MapPost("/keys", CreateAsync).RequirePermission(SecurityModule.KeysManage).WithSummary("Issue a key to a consumer; it is answered once.");
        api.MapPost("/keys/{id}/rotate", RotateAsync).RequirePermission(SecurityModule.KeysManage).WithSummary("Issue a successor; the old key works until the overlap is over.");
        api.MapPut("/keys/{id}/expiry", ExpireAsync).RequirePermission(SecurityModule.KeysManage).WithSummary("Set or remove the end of a key.");
        api.MapDelete("/keys/{id}", RevokeAsync).RequirePermission(SecurityModule.KeysManage).WithSummary("Revoke a key.");
    }

    private static async Task<IResult> ListAsync(KeyStore keys, TimeProvider time, string? consumer, bool? ended, string? cursor, int? limit, CancellationToken cancel)
    {
        var size = PageSize.Of(limit);
        var rows = await keys.ListAsync(consumer, ended == true, TimeCursor.Parse(cursor), size + 1, cancel);
        var now = time.GetUtcNow();
        return Results.Json(PageSize.Cut([.. rows.Select(row => KeyView.Of(row, now))], size, row => new TimeCursor(row.CreatedAt, row.Id).ToString()), ApiJson.Options);
    }

    private static async Task<IResult> GetAsync(KeyStore keys, TimeProvider time, string id, CancellationToken cancel) =>
        await keys.FindAsync(id, cancel) is { } key ? Results.Json(KeyView.Of(key, time.GetUtcNow()), ApiJson.Options) : Problems.NotFound($"key {id}", "'tidegate keys list' shows them.");

    private static async Task<IResult> CreateAsync(KeyStore keys, TimeProvider time, Actor actor, KeyRequest request, HttpContext context, CancellationToken cancel)
    {
        if (!Consumer().IsMatch(request.Consumer)) return Problems.BadRequest("consumer", $"'{request.Consumer}' is not the name of a Consumer.", "Use the metadata.name of a Consumer document.");
        if (request.Name?.Length > 200) return Problems.BadRequest("name", "The name is longer than 200 characters.");
        if ((request.Scopes ?? []).FirstOrDefault(scope => !Scope().IsMatch(scope)) is { } strange) return Problems.BadRequest("scopes", $"'{strange}' is not a scope.", "Scopes are 1 to 200 visible ASCII characters without blanks, quotes and backslashes.");
        if (request.ExpiresAt <= time.GetUtcNow()) return Problems.BadRequest("expiresAt", "The end is in the past.");
        // Unknown until the configuration has been read: then the key is issued, as it was before there was anything to compare with.
        if (context.RequestServices.GetService<IConfigSource>()?.Current is { } config && config.Document.Find("Consumer/" + request.Consumer) is null) return NoConsumer(config.Document, request.Consumer);
        var made = await keys.CreateAsync(actor, new NewKey(request.Consumer, request.Name, [.. (request.Scopes ?? []).Distinct(StringComparer.Ordinal)], request.ExpiresAt), cancel);
        return Results.Json(made, ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static ProblemResult NoConsumer(ConfigDocument document, string name)
    {
        var known = document.Consumers.Select(consumer => consumer.Metadata.Name).ToList();
        var near = Suggestion.Nearest(name, known);
        var hint = near is not null ? $"Did you mean \"{near}\"?"
            : known.Count == 0 ? "There is none yet."
            : $"There {(known.Count == 1 ? "is" : "are")} {string.Join(", ", known.Take(MostNamed))}{(known.Count > MostNamed ? $" and {known.Count - MostNamed} more" : "")}.";
        return Problems.NotFound($"Consumer/{name}", $"{hint} A key of a consumer that is not in the configuration opens nothing: apply the Consumer first.");
    }

    private static async Task<IResult> RotateAsync(KeyStore keys, Actor actor, string id, KeyRotation request, CancellationToken cancel)
    {
        var overlap = TimeSpan.FromSeconds(Math.Clamp(request.OverlapSeconds, -1, LongestOverlap.TotalSeconds + 1));
        if (overlap < TimeSpan.Zero || overlap > LongestOverlap) return Problems.BadRequest("overlapSeconds", "The overlap is out of range.", $"Use 0 to {LongestOverlap.TotalSeconds:0}.");
        return Results.Json(await keys.RotateAsync(actor, id, overlap, cancel), ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ExpireAsync(KeyStore keys, Actor actor, string id, KeyExpiry request, CancellationToken cancel) =>
        Results.Json(await keys.ExpireAsync(actor, id, request.ExpiresAt, cancel), ApiJson.Options);

    private static async Task<IResult> RevokeAsync(KeyStore keys, Actor actor, string id, CancellationToken cancel) =>
        Results.Json(await keys.RevokeAsync(actor, id, cancel), ApiJson.Options);

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Consumer();

    // RFC 6749 scope-token.
    [GeneratedRegex(@"^[\x21\x23-\x5B\x5D-\x7E]{1,200}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Scope();
}
