using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Core.Credentials;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Sessions;

namespace Tidegate.Platform.Security.Access;

/// <summary>
/// Who may call what on the admin port, decided by what the endpoint says about itself:
/// 1. a credential in the address is refused before anything else; 2. endpoints that need no login pass; 3. the credential is proven (header before cookie,
/// never one after the other failed); 4. a cookie proves a browser, so the request must come from a page of ours; 5. the permission is checked. An endpoint
/// that says nothing is refused.
/// </summary>
internal sealed partial class AccessMiddleware(RequestDelegate next, ILogger<AccessMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context, Authenticator authenticator)
    {
        if (HasCredentialInQuery(context.Request.Query)) throw Refusals.TokenInQuery();
        // Not a route: the framework's own 404, 405, 415. They answer without running anything of ours.
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(context);
            return;
        }

        if (endpoint.Metadata.GetMetadata<WithoutLogin>() is not null)
        {
            if (!SameOrigin.IsSafe(context.Request.Method) && SameOrigin.Objection(context.Request, browser: false) is { } foreign) throw Refusals.CrossSite(foreign);
            await next(context);
            return;
        }

        var identity = await IdentifyAsync(context, authenticator, endpoint.Metadata.GetMetadata<BasicAccepted>() is not null);
        var permission = endpoint.Metadata.GetMetadata<Permission>();
        if (permission is null)
        {
            Log.Unmarked(logger, endpoint.DisplayName);
            throw Refusals.Unmarked(context.Request.Path);
        }

        if (!identity.Allows(permission)) throw Refusals.Forbidden(context, identity, permission);
        context.Features.Set(identity);
        context.Features.Set(identity.Actor);
        context.User = new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.Name, identity.User), new(ClaimTypes.Role, RoleWord.Of(identity.Role))], identity.Actor.Kind == ActorKind.User ? "session" : "token"));
        await next(context);
    }

    private static async Task<Identity> IdentifyAsync(HttpContext context, Authenticator authenticator, bool basic)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count > 0)
        {
            // A second header or another scheme is refused, not skipped: two parsers that disagree are how proxies get fooled.
            if (header is not [{ } text] || (!TryBearer(text, out var token) && !(basic && BasicToken.TryRead(text, out token)))) throw Refusals.NotBearer(context);
            if (!CredentialText.IsWellFormed(CredentialText.Token, token)) throw Refusals.BadToken(context, token);
            return await authenticator.ProveAsync(token, context, context.RequestAborted) ?? throw Refusals.BadToken(context, token);
        }

        if (SessionCookie.Read(context) is not { } secret || !CredentialText.HasPrefix(CredentialText.Session, secret)) throw Refusals.NoLogin(context);
        if (await authenticator.ProveAsync(secret, context, context.RequestAborted) is not { } identity)
        {
            context.Response.OnStarting(() =>
            {
                SessionCookie.Remove(context);
                return Task.CompletedTask;
            });
            throw Refusals.SessionEnded(context);
        }

        if (!SameOrigin.IsSafe(context.Request.Method))
        {
            if (SameOrigin.Objection(context.Request, browser: true) is { } foreign) throw Refusals.CrossSite(foreign);
            if (!SessionCookie.HasCsrfWord(context, secret)) throw Refusals.NoCsrfWord();
        }

        return identity;
    }

    private static bool TryBearer(string header, out string token)
    {
        const string Scheme = "Bearer ";
        token = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim(' ') : "";
        return token.Length > 0;
    }

    private static bool HasCredentialInQuery(IQueryCollection query)
    {
        foreach (var (_, values) in query)
            foreach (var value in values)
                if (CredentialText.HasPrefix(CredentialText.Token, value) || CredentialText.HasPrefix(CredentialText.Session, value)) return true;
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(2200, LogLevel.Error, "Endpoint {Endpoint} names no permission and was refused: a mistake in the program, please report it")]
        public static partial void Unmarked(ILogger logger, string? endpoint);
    }
}
