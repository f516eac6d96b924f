using Tidegate.Insight.CallLog;

namespace Tidegate.Tests.Insight.CallLog.Sql;

/// <summary>What free SQL must not be able to do, tried hard.</summary>
public sealed class SqlAttackTests(SqlAnswerTests.Log fixture) : IClassFixture<SqlAnswerTests.Log>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // The gate has a test of its own; these go the whole way.
    [Theory]
    [InlineData("DELETE FROM calls")]
    [InlineData("SELECT * FROM read_text('/etc/passwd')")]
    [InlineData("SELECT * FROM 'x.csv'")]
    [InlineData("SELECT * FROM calls WHERE nothing = 1")]
    public async Task SqlAsync_Forbidden_IsRefused(string query)
    {
        var error = await Assert.ThrowsAsync<SqlRefusedException>(() => fixture.Store.SqlAsync(new() { Query = query, Limit = SqlQuestion.LongestLimit }, Cancel));
        Assert.NotEqual("", error.Action);
        Assert.DoesNotContain(fixture.Inner.Options.Directory, error.Message);
    }

    // Each of these would take all memory or time of the process they run in.
    [Theory]
    [InlineData("SELECT max(length(repeat(path, 1000000000))) FROM calls")]
    [InlineData("WITH a AS (SELECT repeat(path, 2000) s FROM calls), b AS (SELECT s||s||s||s||s||s||s||s||s||s s FROM a), c AS (SELECT s||s||s||s||s||s||s||s||s||s s FROM b), d AS (SELECT s||s||s||s||s||s||s||s||s||s s FROM c) SELECT max(length(s)) FROM d")]
    [InlineData("WITH RECURSIVE r AS (SELECT 1 i, 'xxxxxxxxxxxxxxxx' s UNION ALL SELECT i + 1, s || s FROM r) SELECT max(length(s)) FROM r")]
    [InlineData("SELECT list(a.id) FROM calls a, calls b, calls c, calls d, calls e")]
    [InlineData("SELECT len(range(10000000000))")]
    [InlineData("SELECT string_agg(i::VARCHAR, ',') FROM range(1000000000) t(i)")]
    [InlineData("SELECT DISTINCT i, i * 2, hash(i) FROM range(10000000000) t(i)")]
    [InlineData("SELECT lpad('x', 2000000000, 'y') || lpad('x', 2000000000, 'y')")]
    [InlineData("SELECT printf('%2000000000d', 1)")]
    [InlineData("SELECT replace(repeat('a', 100000), 'a', repeat('b', 100000))")]
    public async Task SqlAsync_Bombs_EndTheWorkerAndNothingElse(string query)
    {
        var before = Environment.WorkingSet;
        var error = await Assert.ThrowsAnyAsync<Exception>(() => fixture.Store.SqlAsync(new() { Query = query, Limit = TimeSpan.FromSeconds(6) }, Cancel));
        Assert.True(error is QueryLimitException or SqlRefusedException, error.ToString());

        // Other tests run in this process at the same time; a bomb takes several GB.
        Assert.True(Environment.WorkingSet - before < 1500L << 20, "The bomb went off in our own process.");
        Assert.Equal("[40]", (await fixture.Store.SqlAsync(new() { Query = "SELECT count(*) FROM calls", Limit = SqlQuestion.LongestLimit }, Cancel)).Rows[0].ToJsonString());
    }

    [Theory]
    [InlineData("SELECT count(*) FROM range(100000) a, range(100000) b, range(100000) c WHERE a.range + b.range = c.range * 7")]
    [InlineData("WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 100000000000) SELECT count(*) FROM r")]
    [InlineData("SELECT count(*) FROM calls a, calls b, calls c, calls d, calls e, calls f WHERE a.path || b.path || c.path || d.path > e.path || f.path")]
    public async Task SqlAsync_Endless_IsStoppedAndItsProcessIsGone(string query)
    {
        var error = await Assert.ThrowsAsync<QueryLimitException>(() => fixture.Store.SqlAsync(new() { Query = query, Limit = TimeSpan.FromSeconds(2) }, Cancel));

        Assert.Contains("longer than 2s", error.Message);
        Assert.True(SpinWait.SpinUntil(() => !Workers().Any(), TimeSpan.FromSeconds(60)), "The worker is still there.");
    }

    [Fact]
    public async Task SqlAsync_Cancelled_ItsProcessIsGone()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = fixture.Store.SqlAsync(new() { Query = "SELECT count(*) FROM range(100000) a, range(100000) b, range(100000) c WHERE a.range + b.range = c.range * 7", Limit = TimeSpan.FromSeconds(30) }, cancel.Token);
        Assert.True(SpinWait.SpinUntil(() => Workers().Any(), TimeSpan.FromSeconds(60)));
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(SpinWait.SpinUntil(() => !Workers().Any(), TimeSpan.FromSeconds(60)), "The worker is still there.");
    }

    [Fact]
    public async Task SqlAsync_TooDeep_CostsAWorkerAtMost()
    {
        foreach (var query in new[]
        {
            "SELECT " + new string('(', 5000) + "1" + new string(')', 5000),
            "SELECT " + string.Concat(Enumerable.Repeat("NOT ", 20_000)) + "true",
            string.Concat(Enumerable.Repeat("SELECT * FROM (", 3000)) + "SELECT 1" + new string(')', 3000),
            "SELECT " + string.Join("+", Enumerable.Repeat("1", 30_000)),
        })
        {
            var error = await Record.ExceptionAsync(() => fixture.Store.SqlAsync(new() { Query = query, Limit = SqlQuestion.LongestLimit }, Cancel));
            Assert.True(error is null or QueryLimitException or SqlRefusedException, error?.ToString());
            Assert.Equal("[40]", (await fixture.Store.SqlAsync(new() { Query = "SELECT count(*) FROM calls", Limit = SqlQuestion.LongestLimit }, Cancel)).Rows[0].ToJsonString());
        }
    }

    // Workers of this log: others run beside them, started by other tests. Their environment is all but empty.
    private IEnumerable<int> Workers()
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
        {
            string environment;
            try
            {
                environment = File.ReadAllText(Path.Combine(directory, "environ"));
                if (!File.ReadAllText(Path.Combine(directory, "status")).Contains($"PPid:\t{Environment.ProcessId}\n")) continue;
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                continue;
            }
            if (environment.Contains("WorkAsSqlWorker") && environment.Contains(fixture.Inner.Options.Directory)) yield return int.Parse(Path.GetFileName(directory));
        }
    }
}
