using Tidegate.Platform.Hosting;

namespace Tidegate.Hosting.Supervision;

/// <summary>Registers modules in order and puts each one's background work under supervision.</summary>
internal static class ModuleRegistration
{
    /// <summary>Registers <paramref name="modules"/>; the states are there for the status.</summary>
    public static void AddModules(this IServiceCollection services, IReadOnlyList<Module> modules, ProcessOptions options)
    {
        var states = new List<ModuleState>();
        foreach (var module in modules)
        {
            var state = new ModuleState(module.Name);
            states.Add(state);
            var before = services.Count;
            module.Register(services, options);
            for (var i = before; i < services.Count; i++)
            {
                if (services[i].ServiceType == typeof(IHostedService)) services[i] = Supervised(services[i], state);
            }
        }

        services.AddSingleton<IReadOnlyList<Module>>(modules);
        services.AddSingleton<IReadOnlyList<ModuleState>>(states);
    }

    private static ServiceDescriptor Supervised(ServiceDescriptor original, ModuleState state) => ServiceDescriptor.Singleton<IHostedService>(provider => new SupervisedService(
        (IHostedService)(original.ImplementationInstance ?? original.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, original.ImplementationType!)),
        state,
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<SupervisedService>>(),
        owned: original.ImplementationType is not null));
}
