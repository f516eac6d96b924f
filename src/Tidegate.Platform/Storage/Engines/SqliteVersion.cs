using Microsoft.Data.Sqlite;

namespace Tidegate.Platform.Storage.Engines;

/// <summary>
/// SQLite's own number of changes (<c>PRAGMA data_version</c>): it differs when another connection, of this or another process, has committed. So the connection
/// that asks is kept, and asks nothing else.
/// </summary>
internal sealed class SqliteVersion(string connection) : IDisposable
{
    private readonly Lock _gate = new();
    private SqliteConnection? _connection;
    private SqliteCommand? _command;

    /// <summary>The number now; null when the database cannot be asked.</summary>
    public long? Read()
    {
        lock (_gate)
        {
            try
            {
                return (long)Command().ExecuteScalar()!;
            }
            catch (SqliteException)
            {
                Close();
                return null;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate) Close();
    }

    private SqliteCommand Command()
    {
        if (_command is not null) return _command;
        _connection = new SqliteConnection(connection);
        _connection.Open();
        _command = _connection.CreateCommand();
        _command.CommandText = "PRAGMA data_version";
        _command.Prepare();
        return _command;
    }

    private void Close()
    {
        _command?.Dispose();
        _connection?.Dispose();
        (_command, _connection) = (null, null);
    }
}
