using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage.Engines;
using Tidegate.Platform.Storage.Opening;

namespace Tidegate.Platform.Storage;

/// <summary>The state database, open before any other module starts.</summary>
/// <param name="modules">All modules, asked for when the model is built.</param>
/// <param name="migrations">The assembly that holds the migrations.</param>
public sealed class StorageModule(Func<IReadOnlyList<Module>> modules, System.Reflection.Assembly migrations) : Module
{
    /// <inheritdoc />
    public override string Name => "Storage";

    /// <inheritdoc />
    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        services.AddSingleton(provider => new StateStore(Engine(options), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<StateStore>>()));
        services.AddSingleton(provider => new Leases(provider.GetRequiredService<StateStore>(), options.Database is not null, provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<StateOpening>();
        services.AddHostedService<StateProbe>();
        services.AddSingleton<IModuleHealth, StateHealth>();
        services.AddSingleton<IExceptionHandler, StateUnavailableHandler>();
    }

    /// <inheritdoc />
    public override void Tables(ModelBuilder model)
    {
        model.Entity<StorageFact>(table =>
        {
            table.ToTable("storage_facts");
            table.HasKey(fact => fact.Name);
        });
        model.Entity<StorageLease>(table =>
        {
            table.ToTable("storage_leases");
            table.HasKey(lease => lease.Work);
        });
    }

    private IStateEngine Engine(ProcessOptions options)
    {
        var schema = new StateSchema(modules(), migrations);
        return options.Database is { } connection ? new PostgresEngine(connection, schema) : new SqliteEngine(options.DataDirectory, schema);
    }
}
