using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tidegate.Core.Ports;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives.Alerting;
using Tidegate.Insight.Objectives.Attributing;
using Tidegate.Insight.Objectives.Ceilings;
using Tidegate.Insight.Objectives.Endpoints;
using Tidegate.Insight.Objectives.Judging;
using Tidegate.Insight.Objectives.Linting;
using Tidegate.Insight.Objectives.Replaying;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Objectives;

/// <summary>Objectives, their error budgets, and the alerts of budgets that burn too fast.</summary>
public sealed class ObjectivesModule : Module
{
    /// <summary>The product word.</summary>
    public const string Word = "Objectives";

    /// <summary>Seeing objectives and alerts.</summary>
    public static Permission Read { get; } = new("objectives.read", Role.Viewer, "See objectives, error budgets and alerts.");

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override IReadOnlyList<Permission> Permissions => [Read];

    /// <inheritdoc/>
    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        services.AddSingleton(static p => new AlertStore(p.GetRequiredService<StateStore>(), p.GetRequiredService<EventLog>()));
        services.AddSingleton<AlertList>();
        services.AddSingleton<IAlertChanges, ConfigChanges>();
        services.AddSingleton<IAlertChanges, ExperimentChanges>();
        services.AddSingleton<AlertExplainer>();
        services.AddSingleton<AlertDesk>();
        services.AddSingleton<ObjectiveBook>();
        services.AddSingleton<IModuleHealth, ObjectivesHealth>();
        services.AddSingleton(static p => new ObjectiveReader(p.GetRequiredService<ObjectiveBook>(), p.GetRequiredService<SeriesHistory>(), p.GetRequiredService<CallStore>(), p.GetRequiredService<Leases>()));
        services.AddSingleton(static p => new KnownServices(p.GetRequiredService<IConfigSource>(), p.GetServices<IServiceNames>()));
        services.AddSingleton<CallParts>();
        services.AddSingleton<BudgetAttribution>();
        services.AddSingleton(static p => new BudgetReader(p.GetRequiredService<ObjectiveBook>(), p.GetRequiredService<SeriesHistory>(), p.GetRequiredService<BudgetAttribution>()));
        services.AddSingleton<CeilingFinder>();
        services.AddSingleton<IPlanAdvice, LowTrafficAdvice>();
        services.AddSingleton<IPlanAdvice, PastTimesAdvice>();
        services.AddSingleton<ReplayHistory>();
        services.AddSingleton<ObjectiveReplay>();
        services.AddSingleton<ISeriesListener, ObjectiveJudge>();
        services.AddSingleton<IHostedService>(static p => p.GetRequiredService<AlertDesk>());
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api) => ObjectiveEndpoints.Map(api);

    /// <inheritdoc/>
    public override void Tables(ModelBuilder model) => model.Entity<AlertRow>(table =>
    {
        table.ToTable("objectives_alerts");
        table.HasIndex(row => row.FiredAt);
        table.HasIndex(row => row.ResolvedAt);
    });
}
