using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Operations.Delivery.Endpoints;
using Tidegate.Operations.Delivery.Freezing;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Operations.Delivery;

/// <summary>Releases ask first: what was released when, whether a release may start now, and whether its canary is as good as what it replaces.</summary>
public sealed class DeliveryModule : Module
{
    /// <summary>The product word.</summary>
    public const string Word = "Delivery";

    /// <summary>Seeing releases, freezes and what the gate says.</summary>
    public static Permission Read { get; } = new("delivery.read", Role.Viewer, "See releases and freezes, and ask the gate.");

    /// <summary>Beginning and ending freezes.</summary>
    public static Permission Freeze { get; } = new("delivery.freeze", Role.Operator, "Begin and end freezes of releases.");

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override IReadOnlyList<Permission> Permissions => [Read, Freeze];

    /// <inheritdoc/>
    public override void Register(IServiceCollection services, ProcessOptions options) => services.AddSingleton(static p => new Freezes(
        p.GetRequiredService<StateStore>(), p.GetRequiredService<AuditTrail>(), p.GetRequiredService<EventLog>(), p.GetRequiredService<TimeProvider>()));

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api) => FreezeEndpoints.Map(api);

    /// <inheritdoc/>
    public override void Tables(ModelBuilder model) => model.Entity<FreezeRow>(table =>
    {
        table.ToTable("delivery_freezes");
        table.HasIndex(row => new { row.EndedAt, row.Service });
        table.HasIndex(row => row.StartedAt);
    });
}
