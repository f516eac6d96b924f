using Tidegate.Core.Resources.Schema;
using Tidegate.Insight.CallLog.Filter;
using Tidegate.Insight.CallLog.Segments;

namespace Tidegate.Insight.CallLog.Querying;

/// <summary>Numbers over time.</summary>
internal sealed class SeriesOfCalls
{
    private const int MaxLines = 100, WantedSteps = 60;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    // What people call a step.
    private static readonly TimeSpan[] Round =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromDays(1),
    ];

    private readonly CallSeriesQuery _query;
    private readonly CallField? _by;
    private readonly TimeSpan _step;
    private readonly int _steps;

    public SeriesOfCalls(CallSeriesQuery query)
    {
        if (query.From >= query.Until) throw new CallQueryException("since", "The time ends before it begins.", "Let 'since' be before 'until'.");
        if (query.Limit is < 1 or > MaxLines) throw new CallQueryException("limit", $"There cannot be {query.Limit} series.", $"Legal are 1 to {MaxLines}.");
        if (query.Step < Shortest) throw new CallQueryException("step", "The step is too short.", $"The shortest is {Duration.Format(Shortest)}.");
        _query = query;
        _by = query.By is null ? null : CallFields.FindDimension(query.By);
        var length = query.Until - query.From;
        _step = query.Step ?? StepFor(length);
        From = new(query.From.UtcTicks / _step.Ticks * _step.Ticks, TimeSpan.Zero);
        var steps = Math.Ceiling((query.Until.UtcTicks - From.Ticks) / (double)_step.Ticks);
        var lines = _by is null ? 1 : query.Limit + 1;
        if (steps * lines > CallSeriesQuery.MaxPoints)
        {
            var least = TimeSpan.FromSeconds(Math.Floor(length.TotalSeconds * lines / CallSeriesQuery.MaxPoints) + 1);
            throw new CallQueryException("step", $"That would be {steps * lines:0} points.", $"At most {CallSeriesQuery.MaxPoints} are answered: ask for less time, fewer series, or a step of {Duration.Format(least)} or more.");
        }
        _steps = (int)steps;
    }

    /// <summary>Begin of the first step.</summary>
    public DateTimeOffset From { get; }

    public CallSeries Read(SegmentReading reading, CancellationToken cancel)
    {
        List<string> keys = _by is null ? [] : reading.Query(Keys(_by), static rows =>
        {
            var found = new List<string>();
            while (rows.Read()) found.Add(rows.GetString(0));
            return found;
        }, cancel);
        var points = reading.Query(Points(keys), rows =>
        {
            var found = new Dictionary<(string? Key, long Step), CallNumbers>();
            while (rows.Read()) found[(rows.IsDBNull(1) ? null : rows.GetString(1), rows.GetInt64(0))] = NumbersOfCalls.Read(rows, 2);
            return found;
        }, cancel);
        var lines = keys.Select(key => Line(key, rest: false, points)).ToList();
        if (_by is null || points.Keys.Any(p => p.Key is null)) lines.Add(Line(null, rest: _by is not null, points));
        return new(From, _query.Until, Duration.Format(_step), _by?.Name, lines);
    }

    private CallSeriesLine Line(string? key, bool rest, Dictionary<(string?, long), CallNumbers> points)
    {
        return new(key, rest, [.. Enumerable.Range(0, _steps).Select(i => new CallSeriesPoint(From + (i * _step), points.GetValueOrDefault((key, i), CallNumbers.None)))]);
    }

    private static TimeSpan StepFor(TimeSpan length)
    {
        var round = Array.Find(Round, step => length / step <= WantedSteps * 2);
        return round > TimeSpan.Zero ? round : TimeSpan.FromDays(Math.Ceiling(length.TotalDays / WantedSteps));
    }

    private SqlText Keys(CallField by) => new SqlText().Add($"SELECT {by.GroupText} FROM calls").AddWhere(From, _query.Until, _query.Filter)
        .Add($" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT {_query.Limit}");

    // Values without a series of their own become NULL. Without a dimension that is all of them.
    private SqlText Points(List<string> keys)
    {
        var origin = (From.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        var sql = new SqlText().Add($"SELECT (epoch_us(started_at) - {origin}) // {_step.Ticks / TimeSpan.TicksPerMicrosecond}, ");
        if (_by is null || keys.Count == 0) sql.Add("NULL::VARCHAR");
        else sql.Add($"CASE WHEN {_by.GroupText} IN (").AddValues(keys).Add($") THEN {_by.GroupText} END");
        return sql.Add($", {NumbersOfCalls.Columns} FROM calls").AddWhere(From, _query.Until, _query.Filter).Add(" GROUP BY 1, 2");
    }
}
