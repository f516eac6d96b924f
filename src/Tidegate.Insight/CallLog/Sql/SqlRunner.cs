using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Schema;
using Tidegate.Insight.CallLog.Writing;

namespace Tidegate.Insight.CallLog.Sql;

/// <summary>Runs free SQL in worker processes: takes a snapshot of the segments, starts a worker on it, reads the answer, and ends the worker in any case.</summary>
internal sealed partial class SqlRunner(CallWriter writer, CallLogOptions options, SqlWorkerCommand command, TimeProvider time, ILogger<SqlRunner> logger) : IDisposable
{
    /// <summary>Most bytes of an answer.</summary>
    public const long MaxAnswer = 32L << 20;

    private const int MaxQuery = 100_000;

    private readonly SemaphoreSlim _places = new(2);

    public async Task<SqlAnswer> RunAsync(SqlQuestion question, CancellationToken cancel)
    {
        Check(question);
        var began = time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(question.Limit);
        try
        {
            await _places.WaitAsync(limit.Token);
            try
            {
                using var snapshot = await writer.SnapshotAsync(limit.Token);
                var files = await snapshot.CopyAsync(limit.Token);
                return await AskAsync(question, files, began, limit.Token);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new QueryLimitException($"The query took longer than {Duration.Format(question.Limit)} and was stopped.", "Ask for less time, aggregate earlier, or give it a longer limit.");
        }
    }

    public void Dispose() => _places.Dispose();

    private static void Check(SqlQuestion question)
    {
        if (string.IsNullOrWhiteSpace(question.Query)) throw new CallQueryException("query", "There is no query.", "For example: SELECT route, count(*) FROM calls GROUP BY route.");
        if (question.Query.Length > MaxQuery) throw new CallQueryException("query", $"The query has {question.Query.Length} characters.", $"At most {MaxQuery} are read.");
        if (question.Query.Contains('\0', StringComparison.Ordinal)) throw new CallQueryException("query", "The query has a NUL in it.", "Take it out.");
        if (question.MaxRows is < 1 or > SqlQuestion.MostRows) throw new CallQueryException("maxRows", $"{question.MaxRows} rows cannot be answered.", $"Legal are 1 to {SqlQuestion.MostRows}.");
        if (question.Limit <= TimeSpan.Zero || question.Limit > SqlQuestion.LongestLimit) throw new CallQueryException("limit", "The time limit is not legal.", $"Legal is up to {Duration.Format(SqlQuestion.LongestLimit)}.");
    }

    private async Task<SqlAnswer> AskAsync(SqlQuestion question, IReadOnlyDictionary<string, string> files, long began, CancellationToken cancel)
    {
        using var worker = command.Start();
        try
        {
            _ = worker.StandardError.ReadToEndAsync(cancel);
            var request = new SqlWorkerRequest(files, question.Query, question.MaxRows, MaxAnswer, options.MemoryBytes, (int)question.Limit.TotalMilliseconds);
            await worker.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request, SqlWorker.Json).AsMemory(), cancel);
            await worker.StandardInput.FlushAsync(cancel);
            return await ReadAsync(worker, began, cancel);
        }
        catch (IOException)
        {
            throw Died();
        }
        finally
        {
            Kill(worker);
        }
    }

    private async Task<SqlAnswer> ReadAsync(Process worker, long began, CancellationToken cancel)
    {
        IReadOnlyList<SqlColumn> columns = [];
        var rows = new List<JsonArray>();
        while (await worker.StandardOutput.ReadLineAsync(cancel) is { } text)
        {
            var line = JsonSerializer.Deserialize<SqlWorkerLine>(text, SqlWorker.Json)!;
            if (line.Refused is not null) throw new SqlRefusedException(line.Refused, line.Action ?? "");
            if (line.OutOfMemory is not null) throw TooMuchMemory();
            if (line.Failed is not null) throw Failed(line.Failed);
            if (line.Truncated is { } truncated) return new(columns, rows, truncated, (long)time.GetElapsedTime(began).TotalMilliseconds);
            if (line.Row is not null) rows.Add(line.Row);
            else columns = line.Columns ?? [];
        }
        cancel.ThrowIfCancellationRequested();
        throw Died();
    }

    private QueryLimitException TooMuchMemory() =>
        new($"The query needs more than the {ByteSize.Format(options.MemoryBytes)} of memory a query may use.", "Ask for less time, fewer groups, or shorter texts.");

    // Ended by the kernel at one of its limits, or by a mistake of the engine: here that costs one answer.
    private static QueryLimitException Died() => new("The query ended its worker process, most likely by needing too much memory.", "Ask for less time, fewer groups, or shorter texts.");

    // What the engine says of its own statements and files helps who runs the node, not who asks.
    private CallLogUnavailableException Failed(string reason)
    {
        Log.Failed(logger, reason);
        return new("The call log could not be read for this query; the query is not to blame. The log of the node says why.");
    }

    private static void Kill(Process worker)
    {
        try
        {
            worker.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3030, LogLevel.Error, "A question in SQL could not be answered: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
