using DuckDB.NET.Data;

namespace Tidegate.Insight.CallLog.Segments;

/// <summary>
/// Takes a consumer's calls out of the log: segments with some are written anew without them, and take the place of the old files in one step each. The writer's thread
/// works on it between batches, for a segment that somebody reads has to wait.
/// </summary>
internal sealed class SegmentErasure(string consumer, TimeProvider time)
{
    // Longer than any question to the log takes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private const string Alias = "erasing", FileName = "erasing.duckdb";

    private readonly long _began = time.GetTimestamp();
    private Queue<(Segment Segment, long Calls)>? _left;
    private Segment? _made;
    private Engine? _engine;

    /// <summary>Calls taken out so far.</summary>
    public long Erased { get; private set; }

    /// <summary>Removes what a crash has left of one.</summary>
    public static void RemoveLeftovers(string directory)
    {
        File.Delete(Path.Combine(directory, FileName));
        File.Delete(Path.Combine(directory, FileName + ".wal"));
    }

    /// <summary>Goes on with it; true when nothing is left.</summary>
    /// <exception cref="CallLogUnavailableException">It cannot be brought to its end.</exception>
    public bool Step(SegmentArchive archive)
    {
        var engine = archive.OpenEngine;
        if (_engine is not null && _engine != engine) throw new CallLogUnavailableException("The call log was opened anew in the meantime.");
        _engine = engine;
        if (_left is null)
        {
            if (CallsIn(engine, archive.Segments[^1]) > 0 && !archive.End()) return Later("a snapshot of it is being copied");
            _left = new(archive.Segments.Select(s => (s, CallsIn(engine, s))).Where(s => s.Item2 > 0));
        }

        while (_left.TryPeek(out var next))
        {
            if (archive.Segments.Contains(next.Segment)) // else it was too old in the meantime
            {
                var path = Path.Combine(Path.GetDirectoryName(next.Segment.Path)!, FileName);
                if (_made != next.Segment) Make(engine, next.Segment, path);
                _made = next.Segment;
                if (!archive.TryReplace(next.Segment, path)) return Later("it is being read");
                Erased += next.Calls;
            }

            _left.Dequeue();
        }

        return true;
    }

    private bool Later(string why) => time.GetElapsedTime(_began) < Patience ? false : throw new CallLogUnavailableException($"The call log cannot be changed: {why}.");

    private void Make(Engine engine, Segment segment, string path)
    {
        RemoveLeftovers(Path.GetDirectoryName(path)!);
        engine.Work(alone: false);
        engine.Attach(path, Alias);
        try
        {
            using (var connection = engine.Connect())
            {
                var whose = Engine.Quoted(consumer);
                var tables = CallTable.Of(segment.Alias, segment.Version);
                Engine.Run(connection, $"""
                    CREATE TABLE {Alias}.about AS FROM {segment.Alias}.about;
                    {string.Join("\n", tables.Select(t => $"CREATE TABLE {(t with { Segment = Alias }).Name} AS FROM {t.Name} WHERE consumer IS DISTINCT FROM {whose};"))}
                    CREATE TABLE {Alias}.attempts AS FROM {segment.Alias}.attempts WHERE call_id NOT IN ({string.Join(" UNION ALL ", tables.Select(t => $"SELECT id FROM {t.Name} WHERE consumer = {whose}"))});
                    """);
            }

            engine.Checkpoint(Alias);
        }
        finally
        {
            engine.Detach(Alias);
        }
    }

    private long CallsIn(Engine engine, Segment segment)
    {
        using var connection = engine.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT sum(n)::BIGINT FROM ({string.Join(" UNION ALL ", CallTable.Of(segment.Alias, segment.Version).Select(t => $"SELECT count(*) AS n FROM {t.Name} WHERE consumer = $1"))})";
        command.Parameters.Add(new DuckDBParameter(consumer));
        return (long)command.ExecuteScalar()!;
    }
}
