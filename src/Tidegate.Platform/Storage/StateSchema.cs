using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage.Engines;

namespace Tidegate.Platform.Storage;

/// <summary>What makes up the schema. Only the executable knows all modules, so the migrations live there.</summary>
/// <param name="Modules">Modules that contribute tables, in order.</param>
/// <param name="Migrations">Assembly that holds the migrations of both databases.</param>
public sealed record StateSchema(IReadOnlyList<Module> Modules, System.Reflection.Assembly Migrations)
{
    /// <summary>Contexts made with these options have the tables of the modules.</summary>
    public void AddTo(DbContextOptionsBuilder options) => ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new ModulesExtension(Modules));
}
