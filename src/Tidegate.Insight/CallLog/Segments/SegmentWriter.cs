using DuckDB.NET.Data;
using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Segments;

/// <summary>Writes batches of calls to one segment.</summary>
internal sealed class SegmentWriter(Engine engine, Segment segment) : IDisposable
{
    private readonly DuckDBConnection _connection = engine.Connect();

    /// <summary>The segment written.</summary>
    public Segment Segment { get; } = segment;

    /// <summary>Something is only in the log of the segment yet: calls of ours, or what a crash left there and was replayed when the segment was opened.</summary>
    public bool HasLog => RowsSinceCheckpoint > 0 || File.Exists(Segment.LogPath);

    /// <summary>Bytes in it; the engine holds about twice as much in memory until they are in the file.</summary>
    public long LogBytes => new FileInfo(Segment.LogPath) is { Exists: true } log ? log.Length : 0;

    /// <summary>Calls of ours that are only in the log of the segment yet.</summary>
    public int RowsSinceCheckpoint { get; private set; }

    /// <summary>Appends all or nothing. Appenders are closed each time: what a long-lived one holds is lost in a crash.</summary>
    public void Write(IReadOnlyList<CallRecord> batch)
    {
        Engine.Run(_connection, "BEGIN");
        try
        {
            using var rows = new BatchAppender(_connection, Segment.Alias);
            foreach (var call in batch) rows.Add(call);
            rows.Close();
            Engine.Run(_connection, "COMMIT");
            Segment.Added(batch.Count, rows.Earliest.UtcDateTime, rows.Latest.UtcDateTime);
        }
        catch
        {
            TryRollback();
            throw;
        }
        Segment.Measure();
        RowsSinceCheckpoint += batch.Count;
    }

    /// <summary>The call is in the segment.</summary>
    public bool Contains(Guid id)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = string.Join(" UNION ALL ", CallTable.Of(Segment.Alias, Segment.Version).Select(t => $"SELECT 1 FROM {t.Name} WHERE id = $1")) + " LIMIT 1";
        command.Parameters.Add(new DuckDBParameter(id));
        return command.ExecuteScalar() is not null;
    }

    /// <summary>Writes the version again: nothing changes but the disk.</summary>
    public void Probe() => Engine.Run(_connection, $"UPDATE {Segment.Alias}.about SET version = {SegmentSchema.Version}");

    /// <summary>Moves the log into the file: compressed, and out of memory. The writer waits for it.</summary>
    public void Checkpoint()
    {
        engine.Checkpoint(Segment.Alias);
        Segment.Measure();
        RowsSinceCheckpoint = 0;
    }

    public void Dispose() => _connection.Dispose();

    private void TryRollback()
    {
        try
        {
            Engine.Run(_connection, "ROLLBACK");
        }
        catch (DuckDBException)
        {
            // The engine has given up already; the failure that brought us here says why.
        }
    }
}
