using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Login;
using Tidegate.Platform.Security.Passwords;
using Tidegate.Platform.Security.Sessions;
using Tidegate.Platform.Security.Users;

namespace Tidegate.Platform.Security.Endpoints;

/// <summary>Coming and going.</summary>
internal static class LoginEndpoints
{
    public static void Map(IEndpointRouteBuilder api, IReadOnlyList<Permission> permissions)
    {
        // A password and a name need no more; a flood of large bodies is refused unread.
        api.MapPost("/login", LoginAsync).AllowWithoutLogin().WithMetadata(new RequestSizeLimitAttribute(8 * 1024)).WithSummary("Log in with a password; the session is a cookie.");
        api.MapPost("/logout", LogoutAsync).RequirePermission(SecurityModule.Self).WithSummary("End this session, or all of one's sessions.");
        api.MapGet("/me", (HttpContext context, Identity identity) => Me(context, identity, permissions)).RequirePermission(SecurityModule.Self).WithSummary("Who one is and what one may do.");
        api.MapPost("/me/password", PasswordAsync).RequirePermission(SecurityModule.Self).WithSummary("Change one's own password.");
    }

    private static async Task<IResult> LoginAsync(LoginCheck login, UserStore users, HttpContext context, LoginRequest request, CancellationToken cancel)
    {
        var (secret, session) = await login.LoginAsync(context, request.User, request.Password, cancel);
        SessionCookie.Write(context, secret);
        var user = await users.FindAsync(session.User, cancel);
        return Results.Json(new LoginAnswer(session.User, user!.Role, SessionCookie.CsrfWord(secret), session.ExpiresAt), ApiJson.Options);
    }

    private static async Task<IResult> LogoutAsync(SessionStore sessions, HttpContext context, Identity identity, bool? everywhere, CancellationToken cancel)
    {
        if (identity.Actor.Kind != ActorKind.User && everywhere != true)
            return Problems.BadRequest("Authorization", "A token is not a session and does not log out.", $"Revoke it: DELETE /api/v1/tokens/{identity.Actor.Credential}.");
        await sessions.EndAsync(identity.Actor, identity.User, everywhere == true ? null : identity.Actor.Credential, cancel);
        SessionCookie.Remove(context);
        return Results.NoContent();
    }

    private static IResult Me(HttpContext context, Identity identity, IReadOnlyList<Permission> permissions)
    {
        var session = identity.Actor.Kind == ActorKind.User ? SessionCookie.Read(context) : null;
        return Results.Json(
            new MeAnswer(
                identity.User, identity.Role, session is null ? "token" : "session", identity.Actor.Credential!, identity.ExpiresAt,
                [.. permissions.Where(identity.Allows).Select(permission => permission.Name).Order(StringComparer.Ordinal)],
                session is null ? null : SessionCookie.CsrfWord(session)),
            ApiJson.Options);
    }

    private static async Task<IResult> PasswordAsync(
        LoginCheck login, UserStore users, PasswordGate gate, HttpContext context, Identity identity, PasswordChange request, CancellationToken cancel)
    {
        if (PasswordRules.Objection(identity.User, request.Password) is { } objection) return Problems.BadRequest("password", objection);
        var user = await users.FindAsync(identity.User, cancel);
        if (user is null) return Problems.NotFound($"user {identity.User}");
        await login.ProveAsync(context, user, request.Current, cancel);
        await users.SetPasswordAsync(identity.Actor, user.Name, await gate.HashAsync(request.Password, cancel), identity.Actor.Credential, cancel);
        return Results.NoContent();
    }
}
