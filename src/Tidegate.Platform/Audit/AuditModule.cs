using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Core.Ports;
using Tidegate.Platform.Audit.Chain;
using Tidegate.Platform.Audit.Endpoints;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Audit;

/// <summary>Who changed what, when, from where: a chain that cannot be altered unnoticed.</summary>
public sealed class AuditModule : Module
{
    /// <summary>Reading the trail.</summary>
    public static Permission Read { get; } = new("audit.read", Role.Viewer, "List the audit trail.");

    /// <summary>Checking and taking away the whole trail.</summary>
    public static Permission Verify { get; } = new("audit.verify", Role.Operator, "Verify and export the whole audit trail.");

    /// <inheritdoc />
    public override string Name => "Audit";

    /// <inheritdoc />
    public override IReadOnlyList<Permission> Permissions => [Read, Verify];

    /// <inheritdoc />
    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        services.AddSingleton(new AnchorFile(options.DataDirectory));
        services.AddSingleton(provider => new AuditTrail(
            provider.GetRequiredService<StateStore>(), provider.GetRequiredService<AnchorFile>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<AuditTrail>>()));
        services.AddSingleton<AuditState>();
        services.AddSingleton<IDurableState>(provider => provider.GetRequiredService<AuditState>());
    }

    /// <inheritdoc />
    public override void Map(IEndpointRouteBuilder api) => AuditEndpoints.Map(api);

    /// <inheritdoc />
    public override void Tables(ModelBuilder model)
    {
        model.Entity<AuditRow>(table =>
        {
            table.ToTable("audit_rows");
            table.HasKey(row => row.Sequence);
            table.Property(row => row.Sequence).ValueGeneratedNever();
            table.HasIndex(row => row.Time);
            table.HasIndex(row => new { row.Target, row.Sequence });
            table.HasIndex(row => new { row.Actor, row.Sequence });
        });
        model.Entity<AuditHead>(table =>
        {
            table.ToTable("audit_head");
            table.Property(head => head.Id).ValueGeneratedNever();
        });
    }
}
