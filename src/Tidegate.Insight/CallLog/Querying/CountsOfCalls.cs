using Tidegate.Insight.CallLog.Filter;
using Tidegate.Insight.CallLog.Segments;

namespace Tidegate.Insight.CallLog.Querying;

/// <summary>How many calls, and how many bad ones. Steps without calls are left out.</summary>
internal sealed class CountsOfCalls
{
    private readonly CallCountQuery _query;
    private readonly CallField? _by;
    private readonly TimeSpan? _step;

    public CountsOfCalls(CallCountQuery query)
    {
        if (query.From >= query.Until) throw new CallQueryException("since", "The time ends before it begins.", "Let 'since' be before 'until'.");
        if (query.Step < TimeSpan.FromSeconds(1)) throw new CallQueryException("step", "The step is too short.", "The shortest is 1s.");
        (_query, _step, _by) = (query, query.Step, query.By is null ? null : CallFields.FindDimension(query.By));
    }

    public IReadOnlyList<CallCount> Read(SegmentReading reading, CancellationToken cancel)
    {
        var sql = new SqlText().Add(_step is { } step ? $"SELECT epoch_us(started_at) // {step.Ticks / TimeSpan.TicksPerMicrosecond}, " : "SELECT 0::BIGINT, ")
            .Add(_by?.GroupText ?? "''").Add(", count(*), count(*) FILTER (WHERE (").Add(_query.Bad).Add(")) FROM calls")
            .AddWhere(_query.From, _query.Until, _query.All.And(new NoShadows())).Add($" GROUP BY 1, 2 ORDER BY 1, 2 LIMIT {CallCountQuery.MaxRows + 1}");
        var counts = reading.Query(sql, rows =>
        {
            var found = new List<CallCount>();
            while (rows.Read()) found.Add(new(_step is { } length ? DateTimeOffset.UnixEpoch + (rows.GetInt64(0) * length) : _query.From, rows.GetString(1), rows.GetInt64(2), rows.GetInt64(3)));
            return found;
        }, cancel);
        // Half an answer would be a wrong one.
        return counts.Count <= CallCountQuery.MaxRows ? counts : throw new QueryLimitException($"There are more than {CallCountQuery.MaxRows} steps and values.", "Ask for less time, or by a dimension with fewer values.");
    }
}
