namespace Tidegate.Insight.CallLog.Segments;

/// <summary>The tables of a segment and the views over many.</summary>
internal static class SegmentSchema
{
    /// <summary>Number in the file. Since 2 there is what models used and cost, since 3 the prompt, since 4 what mirrored calls compare with, since 5 what is known of an answer's quality, since 6 bare calls have a table of their own; older segments are read and not written any more. Any other is left alone, and said to be.</summary>
    public const int Version = 6;

    /// <summary>Oldest number that is read.</summary>
    public const int Oldest = 1;

    /// <summary>Makes the tables in an attached, empty segment.</summary>
    public static string Create(string alias) => $"""
        BEGIN;
        CREATE TABLE {alias}.calls ({string.Join(", ", CallColumn.All.Select(c => $"{c.Name} {c.Type}"))});
        CREATE TABLE {alias}.bare_calls ({string.Join(", ", CallColumn.Common.Select(c => $"{c.Name} {c.Type}"))});
        CREATE TABLE {alias}.attempts ({string.Join(", ", AttemptColumn.All.Select(c => $"{c.Name} {c.Type}"))});
        CREATE TABLE {alias}.about AS SELECT {Version} AS version;
        COMMIT;
        """;

    /// <summary>The views <c>calls</c> and <c>attempts</c> over segments, seen by one connection only. At least one segment; <paramref name="none"/> shows it empty.</summary>
    public static string Views(IReadOnlyList<(string Alias, int Version)> segments, bool none)
    {
        var tables = segments.SelectMany(s => CallTable.Of(s.Alias, s.Version)).ToArray();
        var where = none ? " WHERE false" : "";
        var stored = segments.Select(s => $"SELECT {Stored(s.Version)} FROM {s.Alias}.attempts{where}");
        var plain = tables.Select(t => $"SELECT {Plain(t)} FROM {t.Name} WHERE attempt_duration_us IS NOT NULL{(none ? " AND false" : "")}");
        return $"""
            CREATE TEMP VIEW calls AS {string.Join(" UNION ALL ", tables.Select(t => $"SELECT {Calls(t)} FROM {t.Name}{where}"))};
            CREATE TEMP VIEW attempts AS {string.Join(" UNION ALL ", stored.Concat(plain))};
            """;
    }

    private static string Calls(CallTable table) => string.Join(", ", CallColumn.All.Where(c => c.View is not null).Select(c => $"{c.ViewOf(table)} AS {c.Name}"));

    private static string Stored(int version) => string.Join(", ", AttemptColumn.All.Select(c => $"{c.ViewOf(version)} AS {c.Name}"));

    private static string Plain(CallTable table) => string.Join(", ", AttemptColumn.All.Select(c => $"{c.OfPlainCallOf(table)} AS {c.Name}"));
}
