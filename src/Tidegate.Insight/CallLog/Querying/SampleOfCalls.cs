using Tidegate.Insight.CallLog.Filter;
using Tidegate.Insight.CallLog.Segments;

namespace Tidegate.Insight.CallLog.Querying;

/// <summary>Durations of calls, chosen by a hash of their ids: evenly, and mostly the same ones when asked again.</summary>
internal sealed class SampleOfCalls
{
    private const int MaxLimit = 10_000;

    private readonly CallSampleQuery _query;

    public SampleOfCalls(CallSampleQuery query)
    {
        if (query.Limit is < 1 or > MaxLimit) throw new CallQueryException("limit", $"There cannot be {query.Limit} durations.", $"Legal are 1 to {MaxLimit}.");
        _query = query;
    }

    public IReadOnlyList<long> Read(SegmentReading reading, CancellationToken cancel) =>
        reading.Query(new SqlText().Add("SELECT duration_us FROM calls").AddWhere(_query.From, _query.Until, _query.Filter).Add($" ORDER BY hash(id) LIMIT {_query.Limit}"), static rows =>
        {
            var list = new List<long>();
            while (rows.Read()) list.Add(rows.GetInt64(0));
            return list;
        }, cancel);
}
