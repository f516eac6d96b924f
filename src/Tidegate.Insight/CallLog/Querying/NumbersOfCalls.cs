using System.Data.Common;
using Tidegate.Insight.CallLog.Filter;
using Tidegate.Insight.CallLog.Segments;

namespace Tidegate.Insight.CallLog.Querying;

/// <summary>The columns of <see cref="CallNumbers"/> in a query.</summary>
internal static class NumbersOfCalls
{
    // The same list each time: the engine sees one aggregate and collects the values once, not four times.
    public const string Columns = """
        count(*), count(*) FILTER (failed), quantile_disc(duration_us, [0.5, 0.9, 0.95, 0.99])[1], quantile_disc(duration_us, [0.5, 0.9, 0.95, 0.99])[2], quantile_disc(duration_us, [0.5, 0.9, 0.95, 0.99])[3], quantile_disc(duration_us, [0.5, 0.9, 0.95, 0.99])[4],
        max(duration_us), coalesce(TRY_CAST(sum(duration_us) AS BIGINT), 9223372036854775807), coalesce(TRY_CAST(sum(request_bytes) AS BIGINT), 9223372036854775807), coalesce(TRY_CAST(sum(response_bytes) AS BIGINT), 9223372036854775807)
        """;

    /// <summary>How many they are.</summary>
    public const int Count = 10;

    /// <summary>Of all calls of a time that a filter means, without mirrored ones.</summary>
    public static CallNumbers Read(SegmentReading reading, DateTimeOffset from, DateTimeOffset until, CallFilter filter, CancellationToken cancel) =>
        reading.Query(new SqlText().Add($"SELECT {Columns} FROM calls").AddWhere(from, until, filter.And(new NoShadows())), static rows => rows.Read() ? Read(rows, 0) : CallNumbers.None, cancel);

    /// <summary>Reads them from a row.</summary>
    public static CallNumbers Read(DbDataReader row, int at)
    {
        var (count, errors) = (row.GetInt64(at), row.GetInt64(at + 1));
        return count == 0 ? CallNumbers.None : new(
            count, errors, (double)errors / count, row.GetInt64(at + 2), row.GetInt64(at + 3), row.GetInt64(at + 4), row.GetInt64(at + 5),
            row.GetInt64(at + 6), row.GetInt64(at + 7), row.GetInt64(at + 8), row.GetInt64(at + 9));
    }
}
