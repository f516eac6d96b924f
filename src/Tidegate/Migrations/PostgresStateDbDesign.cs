using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Tidegate.Platform.Storage;

namespace Tidegate.Migrations;

/// <summary>Lets <c>eng/add-migration</c> see the PostgreSQL schema without a server.</summary>
public sealed class PostgresStateDbDesign : IDesignTimeDbContextFactory<PostgresStateDb>
{
    /// <inheritdoc />
    public PostgresStateDb CreateDbContext(string[] args)
    {
        var schema = new StateSchema(Modules.All, typeof(Modules).Assembly);
        var options = new DbContextOptionsBuilder<PostgresStateDb>().UseNpgsql("Host=design", npgsql => npgsql.MigrationsAssembly(schema.Migrations));
        schema.AddTo(options);
        return new PostgresStateDb(options.Options);
    }
}
