using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Tidegate.Platform.Storage.Engines;

/// <summary>Settings that SQLite keeps per connection.</summary>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    // FULL: in WAL mode NORMAL would not flush at commit, and an acknowledged change could be gone after a power cut.
    private const string Pragmas = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 1000; PRAGMA trusted_schema = OFF;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
