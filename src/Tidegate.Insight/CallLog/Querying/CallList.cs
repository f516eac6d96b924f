using Tidegate.Insight.CallLog.Filter;
using Tidegate.Insight.CallLog.Segments;

namespace Tidegate.Insight.CallLog.Querying;

/// <summary>A page of calls.</summary>
internal sealed class CallList
{
    public const int MaxLimit = 1000;

    private readonly CallQuery _query;
    private readonly CallCursor? _cursor;

    public CallList(CallQuery query)
    {
        if (query.Limit is < 1 or > MaxLimit) throw new CallQueryException("limit", $"A page cannot have {query.Limit} calls.", $"Legal are 1 to {MaxLimit}.");
        (_query, _cursor) = (query, CallCursor.Parse(query.Cursor));
    }

    public CallPage Read(SegmentReading reading, bool full, CancellationToken cancel)
    {
        var items = reading.Query(Page(), static rows =>
        {
            var calls = new List<CallEntry>();
            while (rows.Read()) calls.Add(CallRow.Read(rows));
            return calls;
        }, cancel);
        var total = reading.Query(new SqlText().Add("SELECT count(*) FROM calls").AddWhere(_query.From, _query.Until, _query.Filter), static rows => rows.Read() ? rows.GetInt64(0) : 0, cancel);
        string? next = null;
        if (items.Count > _query.Limit)
        {
            items.RemoveAt(_query.Limit);
            next = new CallCursor(items[^1].StartedAt.UtcDateTime, Guid.ParseExact(items[^1].Id, "N")).ToString();
        }
        return new(items, next, total, full);
    }

    private SqlText Page()
    {
        var sql = new SqlText().Add("SELECT ").Add(CallRow.Columns).Add(" FROM calls").AddWhere(_query.From, _query.Until, _query.Filter);
        if (_cursor is { } after)
        {
            // The first condition says nothing new, but lets the engine pass over whole row groups.
            sql.Add(" AND started_at <= ").Value(after.StartedAt).Add(" AND (started_at < ").Value(after.StartedAt).Add(" OR id < ").Value(after.Id).Add(")");
        }
        return sql.Add($" ORDER BY started_at DESC, id DESC LIMIT {_query.Limit + 1}");
    }
}
