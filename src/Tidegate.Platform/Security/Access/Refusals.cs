using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Tidegate.Core.Credentials;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Security.Access;

/// <summary>Everything the admin port refuses for lack of a right, in words that help its owner and nobody else.</summary>
internal static class Refusals
{
    public static ProblemException TokenInQuery() => new(new Problem
    {
        Status = StatusCodes.Status400BadRequest, Code = "token_in_query",
        Detail = "There is a token in the address. Addresses end up in logs and histories, so it is not accepted there.",
        Action = "Send it as 'Authorization: Bearer ...', and revoke this one: it may have been recorded on the way.",
    });

    public static ProblemException NoLogin(HttpContext context) =>
        Unauthorized(context, null, "login_required", "This needs a login.", "Send 'Authorization: Bearer TOKEN' ('tidegate login'), or log in with POST /api/v1/login.");

    public static ProblemException NotBearer(HttpContext context) => Unauthorized(
        context, "invalid_request", "bad_authorization", "The Authorization header is not a single 'Bearer TOKEN'.", "Send exactly one, with an API token.");

    public static ProblemException BadToken(HttpContext context, string token)
    {
        // The checksum tells a slip of the hand from a token that is no longer good; both without looking anything up.
        var detail = CredentialText.IsWellFormed(CredentialText.Token, token) ? "The token is not valid: it was revoked, has expired or belongs to another Tidegate."
            : CredentialText.HasPrefix(CredentialText.Key, token) ? "This is an API key for the traffic port, not a token for the admin API."
            : "This is not a token of Tidegate: characters are missing or wrong.";
        return Unauthorized(context, "invalid_token", "invalid_token", detail, "Make a new one with 'tidegate tokens create' or 'tidegate login'.");
    }

    public static ProblemException SessionEnded(HttpContext context) => Unauthorized(context, "invalid_token", "session_ended", "The session has ended.", "Log in again.");

    public static ProblemException Forbidden(HttpContext context, Identity identity, Permission permission)
    {
        LateHeader.Set(context, HeaderNames.WWWAuthenticate, $"Bearer realm=\"tidegate\", error=\"insufficient_scope\", scope=\"{permission.Name}\"");
        var lacks = identity.Role < permission.Least
            ? $"It needs the role {RoleWord.Of(permission.Least)}; {identity.User} acts as {RoleWord.Of(identity.Role)} here."
            : $"The token {identity.Actor.Credential} is limited to other scopes.";
        return new(new Problem
        {
            Status = StatusCodes.Status403Forbidden, Code = "forbidden", Resource = $"permission {permission.Name}",
            Detail = $"The permission {permission.Name} is missing. {lacks}", Action = "Use a login or token that has it, or ask an admin.",
        });
    }

    public static ProblemException CrossSite(string reason) => new(new Problem
    {
        Status = StatusCodes.Status403Forbidden, Code = "cross_site", Detail = $"The request was refused: {reason}", Action = "Programs use a token instead of a session.",
    });

    public static ProblemException NoCsrfWord() => new(new Problem
    {
        Status = StatusCodes.Status403Forbidden, Code = "csrf", Path = Sessions.SessionCookie.CsrfHeader,
        Detail = $"The header {Sessions.SessionCookie.CsrfHeader} is missing or wrong.", Action = "Send the 'csrf' value that login and GET /api/v1/me answer.",
    });

    public static ProblemException Unmarked(PathString path) => new(new Problem
    {
        Status = StatusCodes.Status403Forbidden, Code = "no_permission_named", Detail = $"{path} names no permission, so nobody may use it.", Action = "This is a mistake in the program: please report it.",
    });

    private static ProblemException Unauthorized(HttpContext context, string? error, string code, string detail, string action)
    {
        LateHeader.Set(context, HeaderNames.WWWAuthenticate, error is null ? "Bearer realm=\"tidegate\"" : $"Bearer realm=\"tidegate\", error=\"{error}\"");
        return new(new Problem { Status = StatusCodes.Status401Unauthorized, Code = code, Detail = detail, Action = action });
    }
}
