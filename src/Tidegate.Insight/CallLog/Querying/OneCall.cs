using Tidegate.Insight.CallLog.Filter;
using Tidegate.Insight.CallLog.Segments;

namespace Tidegate.Insight.CallLog.Querying;

/// <summary>One call and its attempts.</summary>
internal static class OneCall
{
    public static CallDetail? Read(SegmentReading reading, Guid id, CancellationToken cancel)
    {
        var call = reading.Query(new SqlText().Add("SELECT ").Add(CallRow.Columns).Add(" FROM calls WHERE id = ").Value(id).Add(" LIMIT 1"), static rows => rows.Read() ? CallRow.Read(rows) : null, cancel);
        if (call is null) return null;
        var attempts = new SqlText().Add("SELECT index, destination, start_us, duration_us, status, outcome, kind, error, ").Add(UseRow.Columns).Add(" FROM attempts WHERE call_id = ").Value(id).Add(" ORDER BY index");
        return new(call, reading.Query(attempts, static rows =>
        {
            var list = new List<AttemptEntry>();
            while (rows.Read()) list.Add(new(rows.GetInt16(0), rows.GetString(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt16(4), rows.GetString(5), rows.GetString(6), rows.GetString(7)) { Use = UseRow.Read(rows, 8) });
            return list;
        }, cancel));
    }
}
