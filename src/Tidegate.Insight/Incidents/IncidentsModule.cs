using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Insight.Incidents.Endpoints;
using Tidegate.Insight.Incidents.Entries;
using Tidegate.Insight.Notifications;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Incidents;

/// <summary>Incidents: what hurts users, since when, what was done about it, and what it cost of the error budget.</summary>
public sealed class IncidentsModule : Module
{
    /// <summary>The product word.</summary>
    public const string Word = "Incidents";

    /// <summary>Seeing incidents.</summary>
    public static Permission Read { get; } = new("incidents.read", Role.Viewer, "See incidents, their timelines and notes.");

    /// <summary>Opening and closing incidents.</summary>
    public static Permission Write { get; } = new("incidents.write", Role.Operator, "Open, acknowledge and close incidents, and write notes.");

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override IReadOnlyList<Permission> Permissions => [Read, Write];

    /// <inheritdoc/>
    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        services.AddSingleton(static p => new IncidentStore(
            p.GetRequiredService<StateStore>(), p.GetRequiredService<AuditTrail>(), p.GetRequiredService<EventLog>(), p.GetRequiredService<ObjectiveReader>(), p.GetRequiredService<AlertList>(), p.GetServices<IAlertSource>(),
            p.GetRequiredService<NotificationStore>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(static p => new IncidentTimeline(p.GetRequiredService<EventLog>(), p.GetServices<IAlertChanges>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IAttributionSource, IncidentAttribution>();
        services.AddSingleton<IEventSubscriber, LaterPages>();
        services.AddSingleton<IAcknowledgedAlerts, AcknowledgedIncidents>();
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api) => IncidentEndpoints.Map(api);

    /// <inheritdoc/>
    public override void Tables(ModelBuilder model)
    {
        model.Entity<IncidentRow>(table =>
        {
            table.ToTable("incidents");
            table.HasKey(row => row.Number);
            table.Property(row => row.Number).ValueGeneratedNever();
            table.HasIndex(row => row.ClosedAt);
        });
        model.Entity<NoteRow>(table =>
        {
            table.ToTable("incidents_notes");
            table.HasKey(row => new { row.Incident, row.Sequence });
        });
    }
}
