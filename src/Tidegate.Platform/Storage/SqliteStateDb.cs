using Microsoft.EntityFrameworkCore;
using Tidegate.Platform.Storage.Engines;

namespace Tidegate.Platform.Storage;

/// <summary>The state database on SQLite. A type of its own so that it has its own migrations.</summary>
public sealed class SqliteStateDb(DbContextOptions<SqliteStateDb> options) : StateDb(options)
{
    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        // SQLite has no instant type, and EF refuses to compare or sort the text it would store.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MicrosecondsConverter>();
}
