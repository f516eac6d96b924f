using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Passwords;
using Tidegate.Platform.Security.Users;

namespace Tidegate.Platform.Security.Endpoints;

/// <summary>People.</summary>
internal static class UserEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/users", ListAsync).RequirePermission(SecurityModule.UsersManage).WithSummary("List users.");
        api.MapPost("/users", AddAsync).RequirePermission(SecurityModule.UsersManage).WithSummary("Add a user; without a password a random one is made and answered once.");
        api.MapDelete("/users/{name}", RemoveAsync).RequirePermission(SecurityModule.UsersManage).WithSummary("Remove a user, their sessions and tokens.");
        api.MapPut("/users/{name}/role", RoleAsync).RequirePermission(SecurityModule.UsersManage).WithSummary("Change the role of a user.");
        api.MapPut("/users/{name}/password", PasswordAsync).RequirePermission(SecurityModule.UsersManage).WithSummary("Set a user's password and end their sessions.");
        api.MapPut("/users/{name}/disabled", DisabledAsync).RequirePermission(SecurityModule.UsersManage).WithSummary("Lock a user out, or let them in again.");
    }

    private static async Task<IResult> ListAsync(UserStore users, string? cursor, int? limit, CancellationToken cancel)
    {
        var size = PageSize.Of(limit);
        var rows = await users.ListAsync(cursor, size + 1, cancel);
        return Results.Json(PageSize.Cut([.. rows.Select(UserView.Of)], size, user => user.Name), ApiJson.Options);
    }

    private static async Task<IResult> AddAsync(UserStore users, PasswordGate gate, Actor actor, NewUser request, CancellationToken cancel)
    {
        if (!UserName.IsValid(request.Name)) return Problems.BadRequest("name", $"'{request.Name}' is not a user name.", $"Use {UserName.Rule}.");
        if (Chosen(request.Name, request.Password, out var password) is { } refused) return refused;
        var user = await users.AddAsync(actor, request.Name, request.Role, await gate.HashAsync(password, cancel), cancel);
        return Results.Json(new UserPassword(user, request.Password is null ? password : null), ApiJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> RemoveAsync(UserStore users, Actor actor, string name, CancellationToken cancel)
    {
        await users.RemoveAsync(actor, name, cancel);
        return Results.NoContent();
    }

    private static async Task<IResult> RoleAsync(UserStore users, Actor actor, string name, RoleChange request, CancellationToken cancel) =>
        Results.Json(await users.SetRoleAsync(actor, name, request.Role, cancel), ApiJson.Options);

    private static async Task<IResult> DisabledAsync(UserStore users, Actor actor, string name, DisabledChange request, CancellationToken cancel) =>
        Results.Json(await users.SetDisabledAsync(actor, name, request.Disabled, cancel), ApiJson.Options);

    private static async Task<IResult> PasswordAsync(UserStore users, PasswordGate gate, Actor actor, string name, NewPassword request, CancellationToken cancel)
    {
        if (Chosen(name, request.Password, out var password) is { } refused) return refused;
        var user = await users.SetPasswordAsync(actor, name, await gate.HashAsync(password, cancel), null, cancel);
        return Results.Json(new UserPassword(user, request.Password is null ? password : null), ApiJson.Options);
    }

    private static ProblemResult? Chosen(string user, string? given, out string password)
    {
        password = given ?? PasswordRules.Random();
        // One that was made here is random, whatever letters of a short name are in it.
        return given is not null && PasswordRules.Objection(user, given) is { } objection ? Problems.BadRequest("password", objection, "Leave it out to get a random one.") : null;
    }
}
