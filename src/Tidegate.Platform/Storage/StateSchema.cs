using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Storage;

/// <summary>What makes up the schema. Only the executable knows all modules, so the migrations live there.</summary>
/// <param name="Modules">Modules that contribute tables, in order.</param>
/// <param name="Migrations">Assembly that holds the migrations of both databases.</param>
public sealed record StateSchema(IReadOnlyList<Module> Modules, System.Reflection.Assembly Migrations);
