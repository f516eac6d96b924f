using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Core.Ports;
using Tidegate.Platform.Audit;
using Tidegate.Platform.ConfigStore.Endpoints;
using Tidegate.Platform.ConfigStore.Overlays;
using Tidegate.Platform.ConfigStore.Publishing;
using Tidegate.Platform.ConfigStore.Revisions;
using Tidegate.Platform.ConfigStore.Secrets;
using Tidegate.Platform.ConfigStore.Watching;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.ConfigStore;

/// <summary>The configuration document: revisions, overlays, and what nodes are told to run.</summary>
public sealed class ConfigStoreModule : Module
{
    /// <summary>Seeing the configuration.</summary>
    public static Permission Read { get; } = new("config.read", Role.Viewer, "See the configuration, its history and overlays, and plan changes.");

    /// <summary>Changing the configuration.</summary>
    public static Permission Apply { get; } = new("config.apply", Role.Operator, "Apply and roll back the configuration.");

    /// <summary>Time-limited changes.</summary>
    public static Permission Overlay { get; } = new("config.overlay", Role.Operator, "Make and revoke overlays.");

    /// <inheritdoc />
    public override string Name => "ConfigStore";

    /// <inheritdoc />
    public override IReadOnlyList<Permission> Permissions => [Read, Apply, Overlay];

    /// <inheritdoc />
    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        // With SQLite nobody else writes; asking is then only for the case that the first load failed.
        var interval = options.Database is null ? TimeSpan.FromSeconds(10) : TimeSpan.FromSeconds(3);
        services.AddSingleton(provider => new LastGoodFile(options.DataDirectory, provider.GetRequiredService<ILogger<LastGoodFile>>()));
        services.AddSingleton<ConfigListeners>();
        services.AddSingleton(provider => new ConfigPublisher(
            provider.GetRequiredService<StateStore>(), provider.GetRequiredService<LastGoodFile>(), provider.GetRequiredService<ConfigListeners>(),
            provider.GetRequiredService<TimeProvider>(), interval,
            provider.GetRequiredService<ILogger<ConfigPublisher>>()));
        services.AddSingleton<IModuleHealth, ConfigHealth>();
        services.AddSingleton<IConfigSource>(provider => provider.GetRequiredService<ConfigPublisher>());
        services.AddSingleton<ReadMemory>();
        services.AddSingleton(provider => new CandidateCheck(provider.GetRequiredService<ISecretSource>(), provider.GetService<INodeCheck>()));
        services.AddSingleton(provider => new RevisionStore(
            provider.GetRequiredService<StateStore>(), provider.GetRequiredService<AuditTrail>(), provider.GetRequiredService<ConfigPublisher>(),
            provider.GetRequiredService<ReadMemory>(), provider.GetRequiredService<CandidateCheck>(), provider.GetRequiredService<TimeProvider>(), provider.GetServices<IPlanAdvice>));
        services.AddSingleton<IDurableState, ConfigState>();
        services.AddSingleton(provider => new OverlayStore(
            provider.GetRequiredService<StateStore>(), provider.GetRequiredService<AuditTrail>(), provider.GetRequiredService<ConfigPublisher>(),
            provider.GetRequiredService<RevisionStore>(), provider.GetRequiredService<CandidateCheck>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ISecretSource>(new NodeSecrets(options.DataDirectory));
        services.AddSingleton(new ConfigDirectoryState(options.ConfigDirectory));
        services.AddHostedService<KeySource>();
        services.AddHostedService(provider => provider.GetRequiredService<ConfigPublisher>());
        services.AddHostedService<DirectorySource>();
    }

    /// <inheritdoc />
    public override void Map(IEndpointRouteBuilder api)
    {
        ConfigEndpoints.Map(api);
        ConversionEndpoints.Map(api);
        RevisionEndpoints.Map(api);
        OverlayEndpoints.Map(api);
    }

    /// <inheritdoc />
    public override void Tables(ModelBuilder model)
    {
        model.Entity<RevisionRow>(table =>
        {
            table.ToTable("config_revisions");
            table.HasKey(row => row.Number);
            table.Property(row => row.Number).ValueGeneratedNever();
        });
        model.Entity<OverlayRow>(table =>
        {
            table.ToTable("config_overlays");
            table.HasIndex(row => row.Version);
            table.HasIndex(row => row.ExpiresAt);
        });
    }
}
