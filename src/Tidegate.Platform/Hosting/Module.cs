using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Tidegate.Platform.Hosting;

/// <summary>
/// A module of the control plane: it brings its services, endpoints, tables and permissions with it. The ordered list in <c>Modules.cs</c>
/// drives registration and start; a module may use only modules listed above it.
/// </summary>
public abstract class Module
{
    /// <summary>The product word: folder, log category, event source. For example <c>Audit</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What its endpoints may be allowed to do; the login and token machinery knows no others.</summary>
    public virtual IReadOnlyList<Permission> Permissions => [];

    /// <summary>Registers services, including <see cref="Microsoft.Extensions.Hosting.IHostedService"/>s for background work.</summary>
    public virtual void Register(IServiceCollection services, ProcessOptions options) { }

    /// <summary>Maps endpoints under <c>/api/v1</c>. Every endpoint names its permission.</summary>
    public virtual void Map(IEndpointRouteBuilder api) { }

    /// <summary>Maps endpoints outside the API (<c>/metrics</c>, <c>/livez</c>); they say themselves whether they need a login.</summary>
    public virtual void MapRoot(IEndpointRouteBuilder root) { }

    /// <summary>Adds its tables to the state database; names begin with the module's word.</summary>
    public virtual void Tables(ModelBuilder model) { }
}
