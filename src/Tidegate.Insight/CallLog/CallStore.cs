using Tidegate.Insight.CallLog.Querying;
using Tidegate.Insight.CallLog.Segments;
using Tidegate.Insight.CallLog.Sql;

namespace Tidegate.Insight.CallLog;

/// <summary>
/// Questions to the call log. All of them read what was on disk when they began, stop when cancelled or after the time limit, and throw
/// <see cref="CallLogUnavailableException"/> while the log cannot be read.
/// </summary>
public sealed class CallStore
{
    private readonly SegmentArchive _archive;
    private readonly QueryRunner _runner;
    private readonly SqlRunner _sql;

    internal CallStore(SegmentArchive archive, QueryRunner runner, SqlRunner sql) => (_archive, _runner, _sql) = (archive, runner, sql);

    /// <summary>Single calls, newest first.</summary>
    public Task<CallPage> ListAsync(CallQuery query, CancellationToken cancel)
    {
        var list = new CallList(query);
        return _runner.RunAsync(query.From, query.Until, (reading, stop) => list.Read(reading, _archive.IsFull, stop), cancel);
    }

    /// <summary>One call with its attempts; null when it is not (or no more) there.</summary>
    public Task<CallDetail?> FindAsync(Guid id, CancellationToken cancel) =>
        _runner.RunAsync(null, null, (reading, stop) => OneCall.Read(reading, id, stop), cancel);

    /// <summary>Count, error ratio, percentiles and bytes per step.</summary>
    public Task<CallSeries> SeriesAsync(CallSeriesQuery query, CancellationToken cancel)
    {
        var series = new SeriesOfCalls(query);
        return _runner.RunAsync(series.From, query.Until, series.Read, cancel);
    }

    /// <summary>The values of a dimension with the largest measure.</summary>
    public Task<IReadOnlyList<CallTopRow>> TopAsync(CallTopQuery query, CancellationToken cancel)
    {
        var top = new TopOfCalls(query);
        return _runner.RunAsync(query.From, query.Until, top.Read, cancel);
    }

    /// <summary>Free SQL, in a process of its own that can only read.</summary>
    /// <exception cref="SqlRefusedException">It is not allowed or not understood.</exception>
    public Task<SqlAnswer> SqlAsync(SqlQuestion question, CancellationToken cancel) => _sql.RunAsync(question, cancel);
}
