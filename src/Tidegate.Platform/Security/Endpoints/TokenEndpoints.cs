using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Tokens;

namespace Tidegate.Platform.Security.Endpoints;

/// <summary>API tokens. Everybody manages their own; those of others need <c>tokens.manage</c>.</summary>
internal static class TokenEndpoints
{
    public static void Map(IEndpointRouteBuilder api, IReadOnlyList<Permission> permissions)
    {
        var known = permissions.Select(permission => permission.Name).ToHashSet(StringComparer.Ordinal);
        api.MapGet("/tokens", ListAsync).RequirePermission(SecurityModule.TokensOwn).WithSummary("List one's tokens, or with all=true everybody's.");
        api.MapPost("/tokens", (TokenStore tokens, TimeProvider time, Identity identity, TokenRequest request, CancellationToken cancel) =>
            CreateAsync(tokens, time, identity, request, known, cancel)).RequirePermission(SecurityModule.TokensOwn).WithSummary("Make a token; it is answered once.");
        api.MapDelete("/tokens/{id}", RevokeAsync).RequirePermission(SecurityModule.TokensOwn).WithSummary("Revoke a token.");
    }

    private static async Task<IResult> ListAsync(TokenStore tokens, TimeProvider time, Identity identity, bool? all, string? cursor, int? limit, CancellationToken cancel)
    {
        if (all == true && !identity.Allows(SecurityModule.TokensManage)) return NotOthers();
        var size = PageSize.Of(limit);
        var rows = await tokens.ListAsync(all == true ? null : identity.User, TimeCursor.Parse(cursor), size + 1, cancel);
        var now = time.GetUtcNow();
        return Results.Json(PageSize.Cut([.. rows.Select(row => TokenView.Of(row, now))], size, row => new TimeCursor(row.CreatedAt, row.Id).ToString()), ApiJson.Options);
    }

    private static async Task<IResult> CreateAsync(TokenStore tokens, TimeProvider time, Identity identity, TokenRequest request, HashSet<string> known, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > 200) return Problems.BadRequest("name", "The name is missing or longer than 200 characters.", "Say what the token is for.");
        if ((request.Scopes ?? []).Where(scope => !known.Contains(scope)).ToList() is { Count: > 0 } strange)
            return Problems.BadRequest("scopes", $"There is no permission {string.Join(", ", strange)}.", $"There are: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
        if (request.ExpiresAt <= time.GetUtcNow()) return Problems.BadRequest("expiresAt", "The end is in the past.");
        // A credential must not make one that may do more, or for longer, than itself.
        var role = request.Role ?? identity.Role;
        if (role > identity.Role) return Problems.BadRequest("role", $"You act as {identity.Role}; a token cannot be more.");
        var scopes = request.Scopes is { Count: > 0 } asked ? asked : identity.Scopes?.ToList() ?? [];
        if (identity.Scopes is { } own && !scopes.All(own.Contains)) return Problems.BadRequest("scopes", "Your own token does not have all of these scopes.", $"It has: {string.Join(", ", own)}.");
        var end = request.ExpiresAt;
        if (identity.Scopes is not null || identity.Actor.Kind == Audit.ActorKind.Token)
            end = end is null || end > identity.ExpiresAt ? identity.ExpiresAt ?? end : end;
        var made = await tokens.CreateAsync(identity.Actor, new NewToken(request.Name, identity.User, role, [.. scopes.Distinct(StringComparer.Ordinal)], end), cancel);
        return Results.Json(made, ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> RevokeAsync(TokenStore tokens, Identity identity, string id, CancellationToken cancel)
    {
        await tokens.RevokeAsync(identity.Actor, id, identity.Allows(SecurityModule.TokensManage) ? null : identity.User, cancel);
        return Results.NoContent();
    }

    private static ProblemResult NotOthers() => new(new Problem
    {
        Status = StatusCodes.Status403Forbidden, Code = "forbidden", Resource = $"permission {SecurityModule.TokensManage.Name}",
        Detail = $"The permission {SecurityModule.TokensManage.Name} is missing: it shows everybody's tokens.", Action = "Leave out all=true to see your own.",
    });
}
