using DuckDB.NET.Data;
using Tidegate.Core.Resources.Schema;
using Tidegate.Insight.CallLog.Segments;

namespace Tidegate.Insight.CallLog.Querying;

/// <summary>
/// Runs queries, a few at a time, each on a thread of its own (they block and compute for as long as a second), with a limit of time. The memory limit
/// is that of the engine.
/// </summary>
internal sealed class QueryRunner(SegmentArchive archive, CallLogOptions options) : IDisposable
{
    private readonly SemaphoreSlim _places = new(4);

    /// <summary>Runs <paramref name="work"/> over the segments of a time.</summary>
    public Task<T> RunAsync<T>(DateTimeOffset? from, DateTimeOffset? until, Func<SegmentReading, CancellationToken, T> work, CancellationToken cancel) =>
        RunAsync(from, until, work, options.QueryLimit, cancel);

    /// <summary>Runs <paramref name="work"/> with a time limit of its own.</summary>
    public async Task<T> RunAsync<T>(DateTimeOffset? from, DateTimeOffset? until, Func<SegmentReading, CancellationToken, T> work, TimeSpan limit, CancellationToken cancel)
    {
        await _places.WaitAsync(cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stop.CancelAfter(limit);
        try
        {
            return await Task.Factory.StartNew(
                () =>
                {
                    using var reading = archive.Read(from?.UtcDateTime, until?.UtcDateTime);
                    return work(reading, stop.Token);
                },
                stop.Token,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new QueryLimitException($"The query took longer than {Duration.Format(limit)} and was stopped.", "Ask for less time, or with a narrower filter.");
        }
        catch (DuckDBException failure) when (failure.ErrorType == DuckDB.NET.Native.DuckDBErrorType.OutOfMemory)
        {
            throw new QueryLimitException($"The query needs more than the {ByteSize.Format(options.MemoryBytes)} of memory the call log may use.", "Ask for less time, fewer groups or fewer columns.");
        }
        catch (DuckDBException failure) when (!archive.IsOpen || failure.ErrorType is DuckDB.NET.Native.DuckDBErrorType.Interrupt)
        {
            throw new CallLogUnavailableException("The call log was closed while the query ran: " + failure.Message);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}
