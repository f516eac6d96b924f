using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Core.Ports;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.Objectives;
using Tidegate.Operations.Delivery.Canary;
using Tidegate.Operations.Delivery.Endpoints;
using Tidegate.Operations.Delivery.Freezing;
using Tidegate.Operations.Delivery.Gating;
using Tidegate.Operations.Delivery.Releasing;
using Tidegate.Operations.Delivery.Rollouts;
using Tidegate.Platform.Audit;
using Tidegate.Platform.ConfigStore;
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

    /// <summary>Telling of releases.</summary>
    public static Permission Release { get; } = new("delivery.release", Role.Operator, "Tell of releases that begin and end.");

    /// <summary>Releasing although the gate denies.</summary>
    public static Permission Override { get; } = new("delivery.override", Role.Operator, "Release although the gate denies.");

    /// <summary>Beginning rollouts and stepping into them.</summary>
    public static Permission Rollout { get; } = new("delivery.rollout", Role.Operator, "Begin rollouts, pause, promote and abort them.");

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override IReadOnlyList<Permission> Permissions => [Read, Freeze, Release, Override, Rollout];

    /// <inheritdoc/>
    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        services.AddSingleton(static p => new Freezes(
            p.GetRequiredService<StateStore>(), p.GetRequiredService<AuditTrail>(), p.GetRequiredService<EventLog>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(static p => new ReleaseStore(
            p.GetRequiredService<StateStore>(), p.GetRequiredService<AuditTrail>(), p.GetRequiredService<EventLog>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IAlertChanges, ReleaseChanges>();
        services.AddSingleton<IAttributionSource, ReleaseAttribution>();
        services.AddSingleton<IServiceNames, ReleasedServices>();
        services.AddHostedService<VersionWatch>();
        services.AddSingleton<IGateCheck, ObjectiveCheck>().AddSingleton<IGateCheck, AlertCheck>().AddSingleton<IGateCheck, IncidentCheck>().AddSingleton<IGateCheck, FreezeCheck>().AddSingleton<IGateCheck, CalendarCheck>()
            .AddSingleton<IGateCheck, PostMortemCheck>().AddSingleton<IGateCheck, ReleaseUnderWayCheck>();
        services.AddSingleton(static p => new Gate(
            p.GetServices<IGateCheck>(), p.GetRequiredService<ObjectiveReader>(), p.GetRequiredService<KnownServices>(), p.GetRequiredService<IConfigSource>(), p.GetRequiredService<StateStore>(), p.GetRequiredService<AuditTrail>(),
            p.GetRequiredService<EventLog>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(static p => new CanaryAnalysis(p.GetRequiredService<CallStore>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CanaryNames>();
        services.AddSingleton<RolloutSignal>().AddSingleton<RolloutNode>().AddSingleton<CanaryCalls>().AddSingleton<CanaryShare>().AddSingleton<RolloutJudge>().AddSingleton<RolloutTraffic>();
        services.AddSingleton(static p => new RolloutStore(
            p.GetRequiredService<StateStore>(), p.GetRequiredService<AuditTrail>(), p.GetRequiredService<EventLog>(), p.GetRequiredService<RevisionStore>(), p.GetRequiredService<ReleaseStore>(),
            p.GetRequiredService<RolloutTraffic>(), p.GetRequiredService<RolloutSignal>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IEventSubscriber, RolloutNotices>();
        services.AddHostedService<RolloutWorker>();
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api)
    {
        FreezeEndpoints.Map(api);
        ReleaseEndpoints.Map(api);
        GateEndpoints.Map(api);
        CanaryEndpoints.Map(api);
        RolloutEndpoints.Map(api);
    }

    /// <inheritdoc/>
    public override void Tables(ModelBuilder model)
    {
        model.Entity<FreezeRow>(table =>
        {
            table.ToTable("delivery_freezes");
            table.HasIndex(row => new { row.EndedAt, row.Service });
            table.HasIndex(row => row.StartedAt);
        });
        model.Entity<ReleaseRow>(table =>
        {
            table.ToTable("delivery_releases");
            table.Property(row => row.State).HasConversion<string>();
            table.HasIndex(row => row.StartedAt);
            table.HasIndex(row => new { row.Service, row.StartedAt });
        });
        model.Entity<RolloutRow>(table =>
        {
            table.ToTable("delivery_rollouts");
            table.Property(row => row.State).HasConversion<string>();
            table.HasIndex(row => row.StartedAt);
            table.HasIndex(row => row.Holds);
        });
    }
}
