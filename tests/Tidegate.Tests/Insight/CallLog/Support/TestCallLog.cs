using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Filter;
using Tidegate.Insight.CallLog.Querying;
using Tidegate.Insight.CallLog.Segments;
using Tidegate.Insight.CallLog.Sql;
using Tidegate.Insight.CallLog.Writing;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.CallLog.Support;

/// <summary>A real call log in a directory of its own, with a clock that can be moved.</summary>
internal sealed class TestCallLog : IAsyncDisposable
{
    private readonly TempDirectory? _directory;

    private TestCallLog(CallLogOptions options, TempDirectory? directory, FakeTimeProvider time, IReadOnlyList<ICallWatcher> watchers)
    {
        (Options, _directory, Time) = (options, directory, time);
        Sink = new CallSink(options);
        Archive = new SegmentArchive(options, time, NullLogger<SegmentArchive>.Instance);
        Health = new CallLogHealth(Sink, time);
        Runner = new QueryRunner(Archive, options);
        Writer = new CallWriter(options, Sink, Archive, watchers, Health, time, NullLogger<CallWriter>.Instance);
        // The directory tells the workers of this log from those of others that run beside it.
        var worker = WorkerCommand with { Environment = new Dictionary<string, string>(WorkerCommand.Environment) { ["TIDEGATE_TEST_LOG"] = options.Directory } };
        Sql = new SqlRunner(Writer, options, worker, TimeProvider.System, NullLogger<SqlRunner>.Instance);
        Store = new CallStore(Archive, Runner, Sql, Writer);
    }

    public CallLogOptions Options { get; }

    public FakeTimeProvider Time { get; }

    public CallSink Sink { get; }

    public SegmentArchive Archive { get; }

    public CallLogHealth Health { get; }

    public QueryRunner Runner { get; }

    public CallStore Store { get; }

    public SqlRunner Sql { get; }

    /// <summary>This test program as the worker that the product's executable would be.</summary>
    public static SqlWorkerCommand WorkerCommand { get; } = SqlWorkerCommand.Own with { Environment = ChildProgram.EnvironmentFor(WorkAsSqlWorker) };

    public CallWriter Writer { get; }

    public static async Task<TestCallLog> StartAsync(
        Func<CallLogOptions, CallLogOptions>? change = null, string? directory = null, DateTimeOffset? now = null,
        IReadOnlyList<ICallWatcher>? watchers = null)
    {
        var own = directory is null ? new TempDirectory() : null;
        var options = new CallLogOptions { Directory = directory ?? own!.Combine("calls"), RetryEvery = TimeSpan.FromMilliseconds(20) };
        var log = new TestCallLog(change?.Invoke(options) ?? options, own, new FakeTimeProvider(now ?? SampleCalls.Noon), watchers ?? []);
        await log.Writer.StartAsync(TestContext.Current.CancellationToken);
        await log.Writer.FlushAsync();
        return log;
    }

    /// <summary>Writes calls and waits until they are on disk.</summary>
    public async Task WriteAsync(params IEnumerable<CallRecord> calls)
    {
        foreach (var call in calls) Assert.True(Sink.TryWrite(call));
        Assert.True(await Writer.FlushAsync());
    }

    /// <summary>Rows of a query over everything, as text.</summary>
    public List<string> Rows(string sql)
    {
        using var reading = Archive.Read(null, null);
        return reading.Query(new SqlText().Add(sql), static reader =>
        {
            var rows = new List<string>();
            while (reader.Read()) rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "null" : reader.GetValue(i) is DateTime t ? t.ToString("O") : reader.GetValue(i).ToString())));
            return rows;
        }, CancellationToken.None);
    }

    private static void WorkAsSqlWorker(string[] arguments) => Environment.Exit(CallSqlWorker.Run());

    public async Task StopAsync() => await Writer.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Writer.Dispose();
        Runner.Dispose();
        Sql.Dispose();
        _directory?.Dispose();
    }
}
