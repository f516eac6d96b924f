using DuckDB.NET.Data;
using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.CallLog.Segments;

/// <summary>Calls without anything rare stand in a table without the rare columns; nobody who asks sees a difference.</summary>
public sealed class BareCallsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, Action<CallRecord>> Rare => new()
    {
        { "use", c => c.Use = SampleCalls.Used },
        { "shadow", c => c.Shadow = new ShadowComparison(SampleCalls.Primary) },
        { "prompt", c => c.Prompt = "triage" },
        { "cache hit", c => c.Facts = CallFacts.CacheHit },
        { "cache miss", c => c.Facts = CallFacts.CacheMiss },
        { "refused", c => c.Facts = CallFacts.Refused },
        { "schema", c => c.Facts = CallFacts.SchemaChecked },
        { "schema invalid", c => c.Facts = CallFacts.SchemaChecked | CallFacts.SchemaInvalid },
    };

    [Theory]
    [MemberData(nameof(Rare), DisableDiscoveryEnumeration = true)]
    public async Task CallWithSomethingRare_ComesBackAsItWas(string what, Action<CallRecord> add)
    {
        await using var log = await TestCallLog.StartAsync();
        var (bare, rare) = (SampleCalls.Ordinary(), SampleCalls.Ordinary());
        add(rare);
        await log.WriteAsync(bare, rare);

        Assert.True(CallEntry.Of(rare) == (await log.Store.FindAsync(rare.Id, Cancel))!.Call, what);
        Assert.Equal(CallEntry.Of(bare), (await log.Store.FindAsync(bare.Id, Cancel))!.Call);
        Assert.Equal(["1|1"], log.Rows($"SELECT (SELECT count(*) FROM {log.Archive.Segments[^1].Alias}.bare_calls), (SELECT count(*) FROM {log.Archive.Segments[^1].Alias}.calls)"));
    }

    [Fact]
    public async Task AttemptsOfBareCalls_AreAmongTheAttempts_AndHadNoModel()
    {
        await using var log = await TestCallLog.StartAsync();
        var (once, twice) = (SampleCalls.Ordinary(), SampleCalls.Failed());
        twice.AgeSeconds = 42; // not rare: of many services
        await log.WriteAsync(once, twice);

        Assert.Equal(["shop-1|1100||null", "shop-1|1100||null", "shop-2|500||null"], log.Rows("SELECT destination, duration_us, provider, cost FROM attempts ORDER BY ALL"));
        Assert.Equal(["null", "42"], log.Rows("SELECT age_seconds FROM calls ORDER BY age_seconds NULLS FIRST"));
        Assert.Equal(["0"], log.Rows($"SELECT count(*) FROM {log.Archive.Segments[^1].Alias}.calls"));
    }

    [Fact]
    public async Task SegmentOfVersion5_WhichHasOneTable_IsReadBesideNewOnes()
    {
        using var directory = new TempDirectory();
        await using (var log = await TestCallLog.StartAsync(directory: directory.Combine("calls"))) await log.WriteAsync(SampleCalls.OfModel());
        using (var file = new DuckDBConnection($"DataSource={Directory.GetFiles(directory.Combine("calls"), "*.duckdb").Single()}"))
        {
            file.Open();
            using var command = file.CreateCommand();
            command.CommandText = "DROP TABLE bare_calls; UPDATE about SET version = 5";
            command.ExecuteNonQuery();
        }

        await using var again = await TestCallLog.StartAsync(directory: directory.Combine("calls"));
        await again.WriteAsync(SampleCalls.Ordinary());

        Assert.Empty(again.Archive.Damaged);
        Assert.Equal(["|null", "openai|0.001500000"], again.Rows("SELECT provider, other_cost FROM calls ORDER BY provider"));
        Assert.Equal(4, again.Rows("SELECT 1 FROM attempts").Count);
        Assert.Equal(2, await again.Store.EraseAsync("mobile", Cancel));
    }
}
