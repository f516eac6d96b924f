using DuckDB.NET.Data;

namespace Tidegate.Insight.CallLog.Segments;

/// <summary>Finds out what an attached segment holds.</summary>
internal static class SegmentFacts
{
    /// <summary>Sets what is known of the segment; false when it was written by a version with other tables.</summary>
    public static bool Read(Engine engine, Segment segment)
    {
        using var connection = engine.Connect();
        // A crash between the file and its tables leaves an empty database.
        if (Scalar(connection, $"SELECT count(*) FROM duckdb_tables() WHERE database_name = '{segment.Alias}'") is 0L) engine.CreateTables(segment.Alias);
        segment.Version = VersionOf(connection, segment.Alias);
        if (segment.Version is < SegmentSchema.Oldest or > SegmentSchema.Version) return false;
        Count(connection, segment);
        return true;
    }

    /// <summary>Finds out anew how many calls there are, and when they began.</summary>
    public static void Count(Engine engine, Segment segment)
    {
        using var connection = engine.Connect();
        Count(connection, segment);
    }

    /// <summary>Version of the tables of an attached segment; 0 when it does not say.</summary>
    public static int VersionOf(DuckDBConnection connection, string alias) => Scalar(connection, $"SELECT version FROM {alias}.about") is int version ? version : 0;

    private static void Count(DuckDBConnection connection, Segment segment)
    {
        segment.Forget();
        foreach (var table in CallTable.Of(segment.Alias, segment.Version))
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT count(*), min(started_at), max(started_at) FROM {table.Name}";
            using var reader = command.ExecuteReader();
            if (reader.Read() && reader.GetInt64(0) is var calls and > 0) segment.Added(calls, reader.GetDateTime(1), reader.GetDateTime(2));
        }
    }

    private static object? Scalar(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
