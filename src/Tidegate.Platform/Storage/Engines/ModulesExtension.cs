using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Storage.Engines;

/// <summary>Carries the modules in the options of a context: contexts are lent from a pool, which hands them nothing but their options.</summary>
internal sealed class ModulesExtension(IReadOnlyList<Module> modules) : IDbContextOptionsExtension
{
    public IReadOnlyList<Module> Modules { get; } = modules;

    public DbContextOptionsExtensionInfo Info => field ??= new About(this);

    public void ApplyServices(IServiceCollection services) { }

    public void Validate(IDbContextOptions options) { }

    private sealed class About(ModulesExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "";

        // No services differ; the model is kept once per context type.
        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is About;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) { }
    }
}
