using Microsoft.AspNetCore.Http;

namespace Tidegate.Platform.Audit;

/// <summary>
/// Who did it. Endpoints take one as a parameter: it is bound to the identity of the request. Background work uses <see cref="System"/>.
/// </summary>
/// <param name="Kind">What kind of identity.</param>
/// <param name="Name">User name, name of the token's owner, or the module that acted.</param>
/// <param name="Credential">Public id of the session or token used; never the credential itself.</param>
/// <param name="Address">Network address it came from; null for the process itself.</param>
public sealed record Actor(ActorKind Kind, string Name, string? Credential = null, string? Address = null)
{
    /// <summary>The process itself, acting for a module: <c>first-start</c>, <c>config-directory</c>.</summary>
    public static Actor System(string name) => new(ActorKind.System, name);

    /// <summary>Binds endpoint parameters. Nobody known is <see cref="ActorKind.Anonymous"/>, with the address.</summary>
    public static ValueTask<Actor?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new(context.Features.Get<Actor>() ?? new Actor(ActorKind.Anonymous, "anonymous", null, context.Connection.RemoteIpAddress?.ToString()));
    }
}
