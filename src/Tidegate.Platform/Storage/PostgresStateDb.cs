using Microsoft.EntityFrameworkCore;
using Tidegate.Platform.Storage.Engines;

namespace Tidegate.Platform.Storage;

/// <summary>The state database on PostgreSQL. A type of its own so that it has its own migrations.</summary>
public sealed class PostgresStateDb(DbContextOptions<PostgresStateDb> options) : StateDb(options)
{
    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        // timestamptz takes UTC only and keeps microseconds; cutting here makes both databases give back the same instant.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
}
