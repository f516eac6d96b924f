using Tidegate.Insight.CallLog.Querying;
using Tidegate.Insight.CallLog.Segments;
using Tidegate.Insight.CallLog.Sql;
using Tidegate.Insight.CallLog.Writing;

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
    private readonly CallWriter _writer;

    internal CallStore(SegmentArchive archive, QueryRunner runner, SqlRunner sql, CallWriter writer) => (_archive, _runner, _sql, _writer) = (archive, runner, sql, writer);

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

    /// <summary>Count, error ratio, percentiles and bytes of some calls together, without mirrored ones.</summary>
    public Task<CallNumbers> NumbersAsync(DateTimeOffset from, DateTimeOffset until, CallFilter filter, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return _runner.RunAsync(from, until, (reading, stop) => NumbersOfCalls.Read(reading, from, until, filter, stop), cancel);
    }

    /// <summary>How many calls, and how many bad ones, per step and value; steps without calls are left out. Asked in parts where one answer would be too long.</summary>
    /// <exception cref="QueryLimitException">An hour alone has too many.</exception>
    public async Task<IReadOnlyList<CallCount>> CountAsync(CallCountQuery query, CancellationToken cancel)
    {
        var counts = new CountsOfCalls(query);
        try
        {
            return await _runner.RunAsync(query.From, query.Until, counts.Read, cancel);
        }
        catch (QueryLimitException) when (query.Step is { } step && query.Until - query.From > TimeSpan.FromHours(1) && step <= TimeSpan.FromHours(1))
        {
            // Halves end with a step.
            var half = new DateTimeOffset((query.From + ((query.Until - query.From) / 2)).UtcTicks / step.Ticks * step.Ticks, TimeSpan.Zero);
            return [.. await CountAsync(query with { Until = half }, cancel), .. await CountAsync(query with { From = half }, cancel)];
        }
    }

    /// <summary>Durations of some calls, in microseconds, in no order.</summary>
    public Task<IReadOnlyList<long>> SampleAsync(CallSampleQuery query, CancellationToken cancel)
    {
        var sample = new SampleOfCalls(query);
        return _runner.RunAsync(query.From, query.Until, sample.Read, cancel);
    }

    /// <summary>Which services were called while calls of a service lasted, in the same traces: how many of its newest calls were looked at, and how many of these called each.</summary>
    public Task<(long Sample, IReadOnlyList<(string Service, long Calls)> Nested)> NestedAsync(string service, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel) =>
        _runner.RunAsync(from, until, (reading, stop) => NestedCalls.Read(reading, service, from, until, stop), cancel);

    /// <summary>Erases the records of a consumer's calls that have ended, so that nothing of them is left on disk. How many there were.</summary>
    public Task<long> EraseAsync(string consumer, CancellationToken cancel) => _writer.EraseAsync(consumer, cancel);

    /// <summary>Free SQL, in a process of its own that can only read.</summary>
    /// <exception cref="SqlRefusedException">It is not allowed or not understood.</exception>
    public Task<SqlAnswer> SqlAsync(SqlQuestion question, CancellationToken cancel) => _sql.RunAsync(question, cancel);
}
