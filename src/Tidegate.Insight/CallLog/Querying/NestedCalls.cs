using Tidegate.Insight.CallLog.Filter;
using Tidegate.Insight.CallLog.Segments;

namespace Tidegate.Insight.CallLog.Querying;

/// <summary>Which services were called while calls of a service lasted, in the same traces.</summary>
internal static class NestedCalls
{
    // The newest are enough to see what a service calls, and a join of all of them would not be.
    private const int Sample = 5_000;
    private const int MostServices = 50;

    public static (long Sample, IReadOnlyList<(string Service, long Calls)> Nested) Read(SegmentReading reading, string service, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        var outer = CallFilter.Is("service", [service]).And(new NoShadows());
        var sql = new SqlText().Add("WITH outside AS (SELECT id, trace_id, started_at, duration_us FROM calls").AddWhere(from, until, outer).Add($" AND trace_id IS NOT NULL ORDER BY started_at DESC LIMIT {Sample})")
            .Add(" SELECT inside.service, count(DISTINCT outside.id), (SELECT count(*) FROM outside) FROM outside JOIN calls inside ON inside.trace_id = outside.trace_id AND inside.id <> outside.id")
            .Add(" AND inside.started_at >= outside.started_at AND inside.started_at <= outside.started_at + to_microseconds(outside.duration_us)")
            .Add(" WHERE inside.service NOT IN (''").Add(", ").Value(service).Add(") AND inside.shadow_of IS NULL AND inside.started_at >= ").Value(from.UtcDateTime).Add(" AND inside.started_at < ").Value(until.UtcDateTime)
            .Add($" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MostServices}");
        return reading.Query(sql, static rows =>
        {
            var (sample, found) = (0L, new List<(string, long)>());
            while (rows.Read())
            {
                found.Add((rows.GetString(0), rows.GetInt64(1)));
                sample = rows.GetInt64(2);
            }

            return (sample, (IReadOnlyList<(string, long)>)found);
        }, cancel);
    }
}
