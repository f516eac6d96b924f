using Tidegate.Insight.CallLog.Filter;
using Tidegate.Insight.CallLog.Segments;

namespace Tidegate.Insight.CallLog.Querying;

/// <summary>The values of a dimension with the largest measure.</summary>
internal sealed class TopOfCalls
{
    private const int MaxLimit = 1000;

    private readonly CallTopQuery _query;
    private readonly CallField _by;
    private readonly string _measure;

    public TopOfCalls(CallTopQuery query)
    {
        if (query.Limit is < 1 or > MaxLimit) throw new CallQueryException("limit", $"There cannot be {query.Limit} values.", $"Legal are 1 to {MaxLimit}.");
        (_query, _by, _measure) = (query, CallFields.FindDimension(query.By), CallMeasures.Expression(query.Measure));
    }

    public IReadOnlyList<CallTopRow> Read(SegmentReading reading, CancellationToken cancel)
    {
        var sql = new SqlText().Add($"SELECT {_by.GroupText}, {NumbersOfCalls.Columns}, {UseSums.Columns} FROM calls").AddWhere(_query.From, _query.Until, _query.Filter)
            .Add($" GROUP BY 1 ORDER BY {_measure} DESC, count(*) DESC, 1 LIMIT {_query.Limit}");
        return reading.Query(sql, static rows =>
        {
            var list = new List<CallTopRow>();
            while (rows.Read()) list.Add(new(rows.GetString(0), NumbersOfCalls.Read(rows, 1)) { Use = UseSums.Read(rows, 1 + NumbersOfCalls.Count) });
            return list;
        }, cancel);
    }
}
