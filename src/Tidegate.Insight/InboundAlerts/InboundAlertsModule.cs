using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using Tidegate.Insight.InboundAlerts.Doors;
using Tidegate.Insight.InboundAlerts.Intake;
using Tidegate.Insight.InboundAlerts.Rows;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.InboundAlerts;

/// <summary>Alerts of others join the stream of our own: Prometheus and Alertmanager tell Tidegate as they tell an Alertmanager, a webhook or PagerDuty.</summary>
public sealed class InboundAlertsModule : Module
{
    /// <summary>The product word.</summary>
    public const string Word = "InboundAlerts";

    /// <summary>Sending alerts. A token for a program outside has this scope and no other.</summary>
    public static Permission Write { get; } = new("alerts.write", Role.Operator, "Send alerts of other programs: as to an Alertmanager, as its webhook, as to PagerDuty.");

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override IReadOnlyList<Permission> Permissions => [Write];

    /// <inheritdoc/>
    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        services.AddSingleton<InboundAlertCounts>().AddSingleton<InboundAlertMetrics>().AddSingleton<InboundAlertHealth>();
        services.AddSingleton<IModuleHealth>(static p => p.GetRequiredService<InboundAlertHealth>());
        services.AddSingleton(static p => new InboundAlertStore(
            p.GetRequiredService<StateStore>(), p.GetRequiredService<EventLog>(), p.GetRequiredService<InboundAlertCounts>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<InboundAlertStore>>()));
        services.AddSingleton<IAlertSource>(static p => p.GetRequiredService<InboundAlertStore>());
        services.AddHostedService<AlertExpiry>();
        services.ConfigureOpenTelemetryMeterProvider(static (p, metrics) => metrics.AddMeter(InboundAlertMetricNames.Meter).AddInstrumentation(p.GetRequiredService<InboundAlertMetrics>));
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api) => AlertmanagerWebhook.Map(api);

    /// <inheritdoc/>
    public override void MapRoot(IEndpointRouteBuilder root)
    {
        AlertmanagerApi.Map(root);
        PagerDutyEvents.Map(root);
    }

    /// <inheritdoc/>
    public override void Tables(ModelBuilder model) => model.Entity<InboundAlertRow>(table =>
    {
        table.ToTable("inbound_alerts");
        table.HasIndex(row => row.Fingerprint);
        table.HasIndex(row => row.FiredAt);
        table.HasIndex(row => new { row.ResolvedAt, row.HoldsUntil });
    });
}
