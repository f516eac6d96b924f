using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Insight.Notifications.Channels;
using Tidegate.Insight.Notifications.Endpoints;
using Tidegate.Insight.Notifications.Outbox;
using Tidegate.Insight.Notifications.Routing;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Notifications;

/// <summary>Tells people of alerts: once, with the cause, and until it was heard.</summary>
public sealed class NotificationsModule : Module
{
    /// <summary>The product word.</summary>
    public const string Word = "Notifications";

    /// <summary>Seeing what was sent.</summary>
    public static Permission Read { get; } = new("notifications.read", Role.Viewer, "See what was sent to whom, what waits and what was given up.");

    /// <summary>Sending tests, and what was given up.</summary>
    public static Permission Send { get; } = new("notifications.send", Role.Operator, "Send tests to targets, and what was given up again.");

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override IReadOnlyList<Permission> Permissions => [Read, Send];

    /// <inheritdoc/>
    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        services.AddSingleton<OutboxSignal>().AddSingleton<OutboxHealth>().AddSingleton<ChannelHttp>().AddSingleton<AlertRouter>().AddSingleton<FiringAlerts>();
        services.AddSingleton<IModuleHealth>(static p => p.GetRequiredService<OutboxHealth>());
        services.AddSingleton<INotificationChannel, WebhookChannel>().AddSingleton<INotificationChannel, EmailChannel>().AddSingleton<INotificationChannel, SlackChannel>()
            .AddSingleton<INotificationChannel, TeamsChannel>().AddSingleton<INotificationChannel, PagerDutyChannel>().AddSingleton<INotificationChannel, OpsgenieChannel>()
            .AddSingleton<INotificationChannel, AlertmanagerChannel>();
        services.AddSingleton(static p => new NotificationStore(
            p.GetRequiredService<StateStore>(), p.GetRequiredService<AuditTrail>(), p.GetRequiredService<OutboxSignal>(), p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(static p => new NotificationDesk(p.GetRequiredService<AlertRouter>(), p.GetRequiredService<OutboxSignal>()));
        services.AddSingleton<IAlertSuppression, AlertSuppression>();
        services.AddSingleton<IEventSubscriber, AlertSubscriber>().AddSingleton<IEventSubscriber, BudgetSubscriber>();
        services.AddHostedService<OutboxSender>();
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api) => NotificationEndpoints.Map(api);

    /// <inheritdoc/>
    public override void Tables(ModelBuilder model) => model.Entity<OutboxRow>(table =>
    {
        table.ToTable("notifications_outbox");
        table.HasIndex(row => new { row.State, row.NextAt });
        table.HasIndex(row => row.CreatedAt);
        table.HasIndex(row => row.Alert);
    });
}
