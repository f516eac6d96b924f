using Tidegate.Breakers;
using Tidegate.Catalogue;
using Tidegate.Insight.Bodies;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.Incidents;
using Tidegate.Insight.InboundAlerts;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Notifications;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.PostMortems;
using Tidegate.Insight.Reports;
using Tidegate.Insight.Telemetry;
using Tidegate.Operations.Delivery;
using Tidegate.Operations.Remediation;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Budgets;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security;
using Tidegate.Platform.Storage;
using Tidegate.Prompts;
using Tidegate.Status;

namespace Tidegate;

/// <summary>The product on one screen. Order is registration, migration and start order; a module may use only those above it.</summary>
public static class Modules
{
    /// <summary>All modules.</summary>
    public static IReadOnlyList<Module> All { get; } =
    [
        new StorageModule(static () => All!, typeof(Modules).Assembly),
        new AuditModule(),
        new SecurityModule(),
        new ConfigStoreModule(),
        new EventsModule(),
        new BudgetsModule(),
        new CallLogModule(),
        new BodiesModule(),
        new IndicatorsModule(),
        new ObjectivesModule(),
        new InboundAlertsModule(),
        new NotificationsModule(),
        new IncidentsModule(),
        new PostMortemsModule(),
        new ReportsModule(),
        new TelemetryModule(),
        new DeliveryModule(),
        new RemediationModule(),
        new CatalogueModule(),
        new PromptsModule(),
        new BreakersModule(),
        new StatusModule(),
    ];
}
