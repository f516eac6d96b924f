using Microsoft.AspNetCore.Builder;

namespace Tidegate.Platform.Hosting;

/// <summary>Names the permission an endpoint needs. Endpoints without one are refused, so forgetting it fails closed.</summary>
public static class PermissionEndpointExtensions
{
    /// <summary>The caller must hold <paramref name="permission"/> by role or token scope.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, Permission permission)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(permission);

    /// <summary>Takes a token as the password of basic authentication, too: for programs that know nothing else. The name does not matter.</summary>
    public static TBuilder AcceptBasic<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new BasicAccepted());

    /// <summary>Reachable without a login (health, login itself).</summary>
    public static TBuilder AllowWithoutLogin<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new WithoutLogin());
}
