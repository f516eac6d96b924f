using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Tests.Insight.CallLog.Support;

namespace Tidegate.Tests.Insight.CallLog.Sql;

/// <summary>What free SQL can do.</summary>
public sealed class SqlAnswerTests(SqlAnswerTests.Log fixture) : IClassFixture<SqlAnswerTests.Log>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SELECT route, count(*) FROM calls GROUP BY route ORDER BY 2 DESC", """[["orders",30],["basket",10]]""")]
    [InlineData("FROM calls SELECT count(*)", "[[40]]")]
    [InlineData("select sum(duration_us), avg(status), count(*) filter (failed) from calls", "[[7545000,275.75,10]]")]
    [InlineData("WITH slow AS (SELECT * FROM calls WHERE duration_us > 1500) SELECT count(*), min(route) FROM slow", """[[10,"orders"]]""")]
    [InlineData("WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 5) SELECT sum(i) FROM r", "[[15]]")]
    [InlineData("SELECT c.route, a.kind, count(*) FROM calls c JOIN attempts a ON a.call_id = c.id WHERE c.failed GROUP BY ALL ORDER BY ALL", """[["orders","first",10],["orders","retry",10]]""")]
    [InlineData("SELECT regexp_replace(path, '[0-9]+', ':id') p, quantile_cont(duration_us, 0.5), [1, 2], {'a': 'x'}, NULL, 0.1::DOUBLE, 1.50::DECIMAL(5,2) FROM calls WHERE route = 'basket' GROUP BY p", """[["/orders/:id",1500,[1,2],{"a":"x"},null,0.1,1.50]]""")]
    [InlineData("SELECT row_number() OVER (ORDER BY started_at, id) n, lag(route) OVER (ORDER BY started_at, id) FROM calls QUALIFY n <= 1", "[[1,null]]")]
    [InlineData("SELECT date_trunc('hour', started_at) h, count(*) FROM calls GROUP BY h", """[["2026-01-15T12:00:00Z",40]]""")]
    [InlineData("SELECT DISTINCT outcome FROM calls WHERE started_at < now() AND path LIKE '/%' ORDER BY ALL", """[["ok"],["upstream_error"]]""")]
    [InlineData("SELECT * FROM range(3) t(i) WHERE i IN (SELECT 1) /* comment */ -- more", "[[1]]")]
    [InlineData("VALUES (1, 'a'), (2, 'b');", """[[1,"a"],[2,"b"]]""")]
    [InlineData("SELECT * FROM (PIVOT calls ON failed IN (true, false) USING count(*) GROUP BY route) ORDER BY route", """[["basket",0,10],["orders",10,20]]""")]
    [InlineData("SELECT list_transform([1, 2], lambda x: x + 1), 'a' || 'b', CASE WHEN true THEN interval 5 minutes END IS NULL, 'é' ", """[[[2,3],"ab",false,"é"]]""")]
    [InlineData("SELECT trace_id, span_id FROM calls LIMIT 1", """[["4bf92f3577b34da6a3ce929d0e0e4736","00f067aa0ba902b7"]]""")]
    [InlineData("SELECT * FROM calls EXCEPT SELECT * FROM calls UNION ALL SELECT * FROM calls WHERE false", "[]")]
    public async Task SqlAsync_Reading_Answers(string query, string rows) =>
        Assert.Equal(rows, new JsonArray([.. (await fixture.Store.SqlAsync(new() { Query = query, Limit = SqlQuestion.LongestLimit }, Cancel)).Rows.Select(r => r.DeepClone())]).ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    [Fact]
    public async Task SqlAsync_Describe_ListsTheColumns()
    {
        var answer = await fixture.Store.SqlAsync(new() { Query = "DESCRIBE calls", Limit = SqlQuestion.LongestLimit }, Cancel);
        Assert.Contains(answer.Rows, r => r[0]!.ToString() == "duration_us" && r[1]!.ToString() == "BIGINT");
        Assert.Equal("column_name", answer.Columns[0].Name);
        Assert.NotEmpty((await fixture.Store.SqlAsync(new() { Query = "SUMMARIZE SELECT status, route FROM calls", Limit = SqlQuestion.LongestLimit }, Cancel)).Rows);
    }

    [Fact]
    public async Task SqlAsync_Columns_HaveTheNamesThatDuckDbHasForTypes()
    {
        var answer = await fixture.Store.SqlAsync(
            new() { Query = "SELECT count(*), sum(duration_us), any_value(status), avg(status), any_value(route), any_value(started_at), any_value(id), bool_or(failed), 1::UTINYINT, 1.5, now(), [1], {'a': 1}, DATE '2026-01-15', INTERVAL 1 day FROM calls", Limit = SqlQuestion.LongestLimit }, Cancel);
        Assert.Equal(
            ["BIGINT", "HUGEINT", "SMALLINT", "DOUBLE", "VARCHAR", "TIMESTAMP", "UUID", "BOOLEAN", "UTINYINT", "DECIMAL", "TIMESTAMP WITH TIME ZONE", "LIST", "STRUCT", "DATE", "INTERVAL"],
            answer.Columns.Select(c => c.Type));
    }

    [Fact]
    public async Task SqlAsync_MoreRowsThanAsked_SaysSo()
    {
        var answer = await fixture.Store.SqlAsync(new() { Query = "SELECT id FROM calls", MaxRows = 7, Limit = SqlQuestion.LongestLimit }, Cancel);
        Assert.Equal((7, true), (answer.Rows.Count, answer.Truncated));
        answer = await fixture.Store.SqlAsync(new() { Query = "SELECT id FROM calls", MaxRows = 40, Limit = SqlQuestion.LongestLimit }, Cancel);
        Assert.Equal((40, false), (answer.Rows.Count, answer.Truncated));
    }

    [Theory]
    [InlineData("SELECT 1e400", "A number in the query is too large: a DOUBLE ends at 1.8e308.")]
    [InlineData("SELECT nosuch FROM calls", "Referenced column \"nosuch\" not found")]
    public async Task SqlAsync_WhatTheQueryGotWrong_IsSaidWithoutSegments(string query, string reason)
    {
        var refused = await Assert.ThrowsAsync<SqlRefusedException>(() => fixture.Store.SqlAsync(new() { Query = query, Limit = SqlQuestion.LongestLimit }, Cancel));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("calls_2026", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SqlAsync_TooDeep_IsSaidToBe()
    {
        var query = $"SELECT {string.Concat(Enumerable.Repeat("(1+", 400))}1{new string(')', 400)}";
        var refused = await Assert.ThrowsAsync<SqlRefusedException>(() => fixture.Store.SqlAsync(new() { Query = query, Limit = SqlQuestion.LongestLimit }, Cancel));
        Assert.Equal("The query is nested too deeply.", refused.Message);
    }

    [Fact]
    public async Task SqlAsync_FileThatCannotBeRead_IsNotBlamedOnTheQuery()
    {
        await using var log = await TestCallLog.StartAsync();
        await log.WriteAsync(SampleCalls.Ordinary(log.Time.GetUtcNow()));
        log.Time.Advance(TimeSpan.FromDays(1)); // the segment ends, and is read where it is
        await log.WriteAsync(SampleCalls.Ordinary(log.Time.GetUtcNow()));
        File.Delete(log.Archive.Segments[0].Path);

        var failed = await Assert.ThrowsAsync<CallLogUnavailableException>(() => log.Store.SqlAsync(new() { Query = "SELECT count(*) FROM calls", Limit = SqlQuestion.LongestLimit }, Cancel));

        Assert.Contains("the query is not to blame", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("duckdb", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SqlAsync_RowsWrittenJustBefore_AreSeenAndWritingGoesOn()
    {
        await using var log = await TestCallLog.StartAsync(o => o with { CheckpointRows = 10 });
        for (var i = 1; i <= 3; i++)
        {
            log.Sink.TryWrite(SampleCalls.Ordinary(log.Time.GetUtcNow()));
            Assert.Equal($"[{i}]", (await log.Store.SqlAsync(new() { Query = "SELECT count(*) FROM calls", Limit = SqlQuestion.LongestLimit }, Cancel)).Rows[0].ToJsonString());
            await log.WriteAsync(Enumerable.Range(0, 0).Select(_ => SampleCalls.Ordinary()));
            log.Time.Advance(TimeSpan.FromDays(1)); // another segment
        }
        Assert.Equal([true, true, false], log.Archive.Segments.Select(s => s.IsSealed));
        Assert.Empty(Directory.GetDirectories(log.Options.Directory));
    }

    public sealed class Log : IAsyncLifetime
    {
        private TestCallLog? _log;

        public CallStore Store => _log!.Store;

        internal TestCallLog Inner => _log!;

        public async ValueTask InitializeAsync()
        {
            // With less memory bombs go off sooner.
            _log = await TestCallLog.StartAsync(o => o with { MemoryBytes = 128L << 20 });
            await _log.WriteAsync(Enumerable.Range(0, 40).Select(i =>
            {
                var call = i % 4 == 1 ? SampleCalls.Failed(SampleCalls.Noon.AddSeconds(i)) : SampleCalls.Ordinary(SampleCalls.Noon.AddSeconds(i));
                if (i % 4 == 0) call.Route = "basket";
                return call;
            }));
        }

        public async ValueTask DisposeAsync() => await _log!.DisposeAsync();
    }
}
