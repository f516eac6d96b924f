using Microsoft.AspNetCore.Http;
using Tidegate.Core.Credentials;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Access;

namespace Tidegate.Platform.Security;

/// <summary>For endpoints whose protocol carries a token elsewhere than in a header, such as PagerDuty's routing key: they are reachable without a login and ask here.</summary>
public sealed class TokenCheck
{
    private readonly Authenticator _authenticator;

    internal TokenCheck(Authenticator authenticator) => _authenticator = authenticator;

    /// <summary>Whose token it is.</summary>
    /// <param name="context">The request.</param>
    /// <param name="token">The token as it came.</param>
    /// <param name="permission">What it must allow.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="ProblemException">401 when it is no valid token, 403 when it does not allow it.</exception>
    public async Task<Identity> RequireAsync(HttpContext context, string token, Permission permission, CancellationToken cancel)
    {
        // A session would be proven, too; it is for browsers only.
        if (!CredentialText.IsWellFormed(CredentialText.Token, token) || await _authenticator.ProveAsync(token, context, cancel) is not { } identity) throw Refusals.BadToken(context, token);
        return identity.Allows(permission) ? identity : throw Refusals.Forbidden(context, identity, permission);
    }
}
