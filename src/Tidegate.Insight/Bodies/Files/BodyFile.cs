using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Tidegate.Insight.Bodies.Files;

/// <summary>
/// A part of the log of bodies in a SQLite file of its own, named after the day it was begun on and a number: retention deletes a file, erasure deletes rows. Opened for each
/// piece of work: no log beside the file outlives it, and what was deleted is overwritten.
/// </summary>
internal sealed class BodyFile(string path, DateOnly day, int number)
{
    // Of the tables; a file of another is left alone, and said to be.
    private const int Version = 1;
    private const string Prefix = "bodies-", Extension = ".sqlite";

    private const string Tables = """
        CREATE TABLE bodies (
            id BLOB PRIMARY KEY, started_at INTEGER NOT NULL, consumer TEXT NOT NULL,
            request_type TEXT NOT NULL, request_size INTEGER NOT NULL, request_text BLOB, request_truncated INTEGER NOT NULL, request_omitted TEXT NOT NULL,
            answer_type TEXT NOT NULL, answer_size INTEGER NOT NULL, answer_text BLOB, answer_truncated INTEGER NOT NULL, answer_omitted TEXT NOT NULL);
        CREATE INDEX bodies_consumer ON bodies (consumer);
        """;

    private long _bytes;

    /// <summary>File.</summary>
    public string Path { get; } = path;

    /// <summary>UTC day it was begun on.</summary>
    public DateOnly Day { get; } = day;

    /// <summary>Among those of the day, from 1.</summary>
    public int Number { get; } = number;

    /// <summary>Monotonic time when it was first found to be too old; null when it is not.</summary>
    public long? ExpiredSince { get; set; }

    /// <summary>Bytes on disk when last measured. Asks no disk, which may not answer.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>The files of a directory, oldest first.</summary>
    public static List<BodyFile> Of(string directory) => !Directory.Exists(directory) ? [] :
        [.. Directory.EnumerateFiles(directory, Prefix + "*" + Extension).Select(Parse).OfType<BodyFile>().OrderBy(f => f.Day).ThenBy(f => f.Number)];

    /// <summary>A new one, empty, for this user alone to read.</summary>
    public static BodyFile Create(string directory, DateOnly day, int number)
    {
        var file = new BodyFile(System.IO.Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{day:yyyyMMdd}-{number:0000}{Extension}")), day, number);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(file.Path, options).Dispose();
        using var connection = file.Open(SqliteOpenMode.ReadWrite);
        MakeTables(connection);
        file.Measure();
        return file;
    }

    /// <summary>It can be opened and has the tables of this version; throws what is wrong with it.</summary>
    public void Check()
    {
        using var connection = Open(SqliteOpenMode.ReadWrite); // a crash may have left a journal to be rolled back
        if (new FileInfo(Path).Length == 0) MakeTables(connection); // a crash between the file and its tables
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        if (Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture) is var version and not Version) throw new InvalidDataException($"it has version {version} of the tables, and {Version} is known.");
    }

    /// <summary>Measures the file anew. Only the writer calls this.</summary>
    public void Measure() => Volatile.Write(ref _bytes, new FileInfo(Path) is { Exists: true } file ? file.Length : 0);

    /// <summary>Writes all of them or none. One that is there already stays as it is: a write that failed may have been committed all the same.</summary>
    public void Write(IReadOnlyList<WrittenBodies> batch)
    {
        using var connection = Open(SqliteOpenMode.ReadWrite);
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT OR IGNORE INTO bodies VALUES ($id, $at, $consumer, $rt, $rs, $rb, $rc, $ro, $at2, $as, $ab, $ac, $ao)";
        string[] names = ["$id", "$at", "$consumer", "$rt", "$rs", "$rb", "$rc", "$ro", "$at2", "$as", "$ab", "$ac", "$ao"];
        foreach (var name in names) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        foreach (var bodies in batch)
        {
            object?[] values =
            [
                bodies.Id.ToByteArray(bigEndian: true), bodies.StartedAt.ToUnixTimeMilliseconds(), bodies.Consumer,
                bodies.Request.MediaType, bodies.Request.Size, BodyText.Pack(bodies.Request.Text), bodies.Request.Truncated, bodies.Request.Omitted,
                bodies.Answer.MediaType, bodies.Answer.Size, BodyText.Pack(bodies.Answer.Text), bodies.Answer.Truncated, bodies.Answer.Omitted,
            ];
            for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
            command.ExecuteNonQuery();
        }

        transaction.Commit();
        Measure();
    }

    /// <summary>The bodies of a call; null when they are not here.</summary>
    public CallBodiesEntry? Find(Guid id)
    {
        using var connection = Open(SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT started_at, consumer, request_type, request_size, request_text, request_truncated, request_omitted, answer_type, answer_size, answer_text, answer_truncated, answer_omitted FROM bodies WHERE id = $id";
        command.Parameters.AddWithValue("$id", id.ToByteArray(bigEndian: true));
        using var row = command.ExecuteReader();
        return row.Read() ? new CallBodiesEntry(id.ToString("N"), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetString(1), Body(row, 2), Body(row, 7)) : null;
    }

    /// <summary>Deletes a consumer's, so that nothing of them is left in the file: rows are overwritten, and the file is built anew of what remains. How many there were.</summary>
    public long Erase(string consumer)
    {
        using var connection = Open(SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM bodies WHERE consumer = $consumer";
        command.Parameters.AddWithValue("$consumer", consumer);
        var erased = command.ExecuteNonQuery();
        if (erased > 0) Run(connection, "VACUUM");
        Measure();
        return erased;
    }

    /// <summary>Removes it.</summary>
    public void Delete()
    {
        File.Delete(Path + "-journal");
        File.Delete(Path);
    }

    private static BodyEntry Body(SqliteDataReader row, int at) =>
        new(row.GetString(at), row.GetInt64(at + 1), row.IsDBNull(at + 2) ? null : BodyText.Unpack((byte[])row.GetValue(at + 2)), row.GetBoolean(at + 3), row.GetString(at + 4));

    // Not pooled: a pooled connection holds on to a file that retention deletes. What SQLite moves aside stays in memory, and what it deletes is overwritten.
    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Mode = mode, Pooling = false, DefaultTimeout = 5 }.ConnectionString);
        try
        {
            connection.Open();
            Run(connection, "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA synchronous = NORMAL");
            if (mode == SqliteOpenMode.ReadWrite) Run(connection, "PRAGMA journal_mode = TRUNCATE");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void MakeTables(SqliteConnection connection) => Run(connection, $"BEGIN; {Tables} PRAGMA user_version = {Version}; COMMIT");

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static BodyFile? Parse(string path)
    {
        var parts = System.IO.Path.GetFileNameWithoutExtension(path)[Prefix.Length..].Split('-');
        return parts.Length == 2
            && DateOnly.TryParseExact(parts[0], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(path, day, number) : null;
    }
}
