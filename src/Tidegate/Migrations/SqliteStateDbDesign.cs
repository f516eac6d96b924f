using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Tidegate.Platform.Storage;

namespace Tidegate.Migrations;

/// <summary>Lets <c>eng/add-migration</c> see the SQLite schema without starting the program.</summary>
public sealed class SqliteStateDbDesign : IDesignTimeDbContextFactory<SqliteStateDb>
{
    /// <inheritdoc />
    public SqliteStateDb CreateDbContext(string[] args)
    {
        var schema = new StateSchema(Modules.All, typeof(Modules).Assembly);
        var options = new DbContextOptionsBuilder<SqliteStateDb>().UseSqlite("Data Source=:memory:", sqlite => sqlite.MigrationsAssembly(schema.Migrations));
        schema.AddTo(options);
        return new SqliteStateDb(options.Options);
    }
}
