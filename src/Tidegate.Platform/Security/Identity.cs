using Microsoft.AspNetCore.Http;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Access;

namespace Tidegate.Platform.Security;

/// <summary>Who calls the admin port, proven by a session or a token. Endpoints that need a permission can take one as a parameter.</summary>
/// <param name="Actor">For the audit trail.</param>
/// <param name="User">The person, or the owner of the token.</param>
/// <param name="Role">What they may do at most: of a token, the lesser of its own and its owner's.</param>
/// <param name="Scopes">Names of permissions a token is limited to; null: all that the role has.</param>
/// <param name="ExpiresAt">When the credential ends; null: never.</param>
public sealed record Identity(Actor Actor, string User, Role Role, IReadOnlySet<string>? Scopes, DateTimeOffset? ExpiresAt)
{
    /// <summary>True when both role and scopes allow it. Everybody may ask who they are and leave.</summary>
    public bool Allows(Permission permission)
    {
        ArgumentNullException.ThrowIfNull(permission);
        if (permission == SecurityModule.Self) return true;
        return Role >= permission.Least && (Scopes is null || Scopes.Contains(permission.Name));
    }

    /// <summary>Throws a <see cref="ProblemException"/> (403) unless it is allowed: for what an endpoint needs only sometimes, beside the permission that it names.</summary>
    public void Assert(Permission permission, HttpContext context)
    {
        if (!Allows(permission)) throw Refusals.Forbidden(context, this, permission);
    }

    /// <summary>Binds endpoint parameters. Throws where nobody is logged in: that endpoint should have named a permission.</summary>
    public static ValueTask<Identity?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new(context.Features.Get<Identity>() ?? throw new InvalidOperationException($"{context.Request.Path} takes an identity but is reachable without a login."));
    }
}
