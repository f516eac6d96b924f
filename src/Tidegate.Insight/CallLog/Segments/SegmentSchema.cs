namespace Tidegate.Insight.CallLog.Segments;

/// <summary>The tables of a segment and the views over many.</summary>
internal static class SegmentSchema
{
    /// <summary>Number in the file. A segment of another number is left alone, and said to be.</summary>
    public const int Version = 1;

    /// <summary>Makes the tables in an attached, empty segment.</summary>
    public static string Create(string alias) => $"""
        BEGIN;
        CREATE TABLE {alias}.calls ({string.Join(", ", CallColumn.All.Select(c => $"{c.Name} {c.Type}"))});
        CREATE TABLE {alias}.attempts ({string.Join(", ", AttemptColumn.All.Select(c => $"{c.Name} {c.Type}"))});
        CREATE TABLE {alias}.about AS SELECT {Version} AS version;
        COMMIT;
        """;

    /// <summary>The views <c>calls</c> and <c>attempts</c> over segments, seen by one connection only. At least one segment; <paramref name="none"/> shows it empty.</summary>
    public static string Views(IEnumerable<string> aliases, bool none)
    {
        var where = none ? " WHERE false" : "";
        var calls = string.Join(", ", CallColumn.All.Where(c => c.View is not null).Select(c => $"{c.View} AS {c.Name}"));
        var stored = string.Join(", ", AttemptColumn.All.Select(c => $"{c.View} AS {c.Name}"));
        var plain = string.Join(", ", AttemptColumn.All.Select(c => $"{c.OfPlainCall} AS {c.Name}"));
        var all = aliases.ToList();
        return $"""
            CREATE TEMP VIEW calls AS {string.Join(" UNION ALL ", all.Select(a => $"SELECT {calls} FROM {a}.calls{where}"))};
            CREATE TEMP VIEW attempts AS {string.Join(" UNION ALL ", all.Select(a =>
                $"SELECT {stored} FROM {a}.attempts{where} UNION ALL SELECT {plain} FROM {a}.calls WHERE attempt_duration_us IS NOT NULL{(none ? " AND false" : "")}"))};
            """;
    }
}
