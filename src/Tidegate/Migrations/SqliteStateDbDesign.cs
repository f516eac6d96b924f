using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Tidegate.Platform.Storage;

namespace Tidegate.Migrations;

/// <summary>Lets <c>eng/add-migration</c> see the SQLite schema without starting the program.</summary>
public sealed class SqliteStateDbDesign : IDesignTimeDbContextFactory<SqliteStateDb>
{
    /// <inheritdoc />
    public SqliteStateDb CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<SqliteStateDb>().UseSqlite("Data Source=:memory:", sqlite => sqlite.MigrationsAssembly(typeof(Modules).Assembly)).Options,
        Modules.All);
}
