using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Platform.Events.Dispatch;
using Tidegate.Platform.Events.Endpoints;
using Tidegate.Platform.Events.Entries;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Events;

/// <summary>What happened: written before it is acted on, and told to whoever acts, in order and across restarts.</summary>
public sealed class EventsModule : Module
{
    /// <summary>The product word.</summary>
    public const string Word = "Events";

    /// <summary>Seeing what happened.</summary>
    public static Permission Read { get; } = new("events.read", Role.Viewer, "See what happened: alerts, releases, incidents, actions.");

    /// <inheritdoc />
    public override string Name => Word;

    /// <inheritdoc />
    public override IReadOnlyList<Permission> Permissions => [Read];

    /// <inheritdoc />
    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        services.AddSingleton(static provider => new EventLog(provider.GetRequiredService<StateStore>()));
        services.AddSingleton<DispatchHealth>();
        services.AddSingleton<IModuleHealth>(static provider => provider.GetRequiredService<DispatchHealth>());
        services.AddHostedService<EventDispatcher>();
    }

    /// <inheritdoc />
    public override void Map(IEndpointRouteBuilder api) => EventEndpoints.Map(api);

    /// <inheritdoc />
    public override void Tables(ModelBuilder model)
    {
        model.Entity<EventRow>(table =>
        {
            table.ToTable("events");
            table.HasKey(row => row.Sequence);
            table.Property(row => row.Sequence).ValueGeneratedNever();
            table.HasIndex(row => row.Id).IsUnique();
            table.HasIndex(row => row.Time);
            table.HasIndex(row => new { row.Subject, row.Sequence });
        });
        model.Entity<EventCursor>(table =>
        {
            table.ToTable("events_cursors");
            table.HasKey(cursor => cursor.Subscriber);
        });
    }
}
