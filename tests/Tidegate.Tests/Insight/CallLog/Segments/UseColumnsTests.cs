using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.CallLog.Segments;

/// <summary>What models used and cost, on its way into the log and back, and logs of before there was any of it.</summary>
public sealed class UseColumnsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_OfAModel_ComesBackAsItWas()
    {
        await using var log = await TestCallLog.StartAsync();
        var call = SampleCalls.OfModel();
        await log.WriteAsync(call, SampleCalls.Ordinary());

        var detail = (await log.Store.FindAsync(call.Id, Cancel))!;

        Assert.Equal(CallEntry.Of(call), detail.Call);
        Assert.Equal((0.002100001m, 0.0015m, "model"), (detail.Call.Use!.Cost, detail.Call.OtherCost, detail.Call.Kind));
        Assert.Equal([null, "azure", "openai"], detail.Attempts.Select(a => a.Use?.Provider));
        Assert.Equal([null, 0.0015m, 0.002100001m], detail.Attempts.Select(a => a.Use?.Cost));
    }

    [Fact]
    public async Task PlainAttempt_OfAModel_ShowsItsUse()
    {
        await using var log = await TestCallLog.StartAsync();
        var call = SampleCalls.Ordinary();
        call.Use = SampleCalls.Used;
        var plain = new CallRecord { Id = Guid.NewGuid(), StartedAt = SampleCalls.Noon, Kind = "model", Destination = "d", Status = 200, Use = SampleCalls.Used };
        plain.AddAttempt(new("d", 1, 2, 200, CallOutcome.Ok, AttemptKind.First, "") { Use = SampleCalls.Used });
        await log.WriteAsync(plain);

        Assert.Equal(["openai|gpt-5-mini|90|0.002100001"], log.Rows("SELECT provider, model, output_tokens, cost FROM attempts"));
        Assert.Equal(["0"], log.Rows($"SELECT count(*) FROM {log.Archive.Segments[^1].Alias}.attempts"));
    }

    [Fact]
    public async Task UnknownCost_IsNullAndNotZero()
    {
        await using var log = await TestCallLog.StartAsync();
        var call = SampleCalls.Ordinary();
        call.Use = new ModelUse("local", "llama") { InputTokens = 1, OutputTokens = 2 };
        await log.WriteAsync(call);

        Assert.Equal(["null||2"], log.Rows("SELECT cost, currency, output_tokens FROM calls"));
        Assert.Empty((await log.Store.ListAsync(new() { Filter = CallFilter.Parse("cost >= 0") }, Cancel)).Items);
        Assert.Single((await log.Store.ListAsync(new() { Filter = CallFilter.Parse("model = llama and not cost >= 0") }, Cancel)).Items);
    }

    [Fact]
    public async Task Costs_SumExactly()
    {
        await using var log = await TestCallLog.StartAsync();
        await log.WriteAsync(Enumerable.Range(0, 1000).Select(_ => SampleCalls.OfModel()));

        Assert.Equal(["2.100001|1.5"], log.Rows("SELECT sum(cost), sum(other_cost) FROM calls"));
    }

    [Fact]
    public async Task Top_SumsWhatModelsCost_AndNeverCurrencies()
    {
        await using var log = await TestCallLog.StartAsync();
        var (unknown, euro) = (SampleCalls.OfModel(), SampleCalls.OfModel());
        (unknown.Use, unknown.Consumer) = (SampleCalls.Used with { Cost = null }, "web");
        (euro.Use, euro.Consumer) = (SampleCalls.Used with { Currency = "EUR" }, "mixed");
        var dollars = SampleCalls.OfModel();
        dollars.Consumer = "mixed";
        var plain = SampleCalls.Ordinary();
        plain.Consumer = "plain";
        await log.WriteAsync(SampleCalls.OfModel(), SampleCalls.OfModel(), unknown, euro, dollars, plain);

        var rows = (await log.Store.TopAsync(new() { By = "consumer", Measure = "cost" }, Cancel)).ToDictionary(r => r.Key, r => r.Use);

        Assert.Equal(new UseNumbers(2400, 180, 0.007200002m, "USD", 0), rows["mobile"]);
        Assert.Equal((null, "", 1L), (rows["web"]!.Cost, rows["web"]!.Currency, rows["web"]!.CostUnknown));
        Assert.Equal((null, ""), (rows["mixed"]!.Cost, rows["mixed"]!.Currency));
        Assert.Null(rows["plain"]);
        Assert.Equal("mobile", (await log.Store.TopAsync(new() { By = "consumer", Measure = "cost", Filter = CallFilter.Parse("currency = USD") }, Cancel))[0].Key);
    }

    [Fact]
    public async Task OtherCost_InAnotherCurrency_IsNotKnown()
    {
        await using var log = await TestCallLog.StartAsync();
        var call = SampleCalls.OfModel();
        call.Use = SampleCalls.Used with { Currency = "EUR" };
        await log.WriteAsync(call);

        Assert.Equal(["null"], log.Rows("SELECT other_cost FROM calls"));
    }

    [Fact]
    public async Task SegmentOfVersion1_IsReadBesideNewOnes_AndLeftAsItIs()
    {
        using var directory = new TempDirectory();
        var path = directory.Combine("calls/calls-20260115-0001.duckdb");
        Directory.CreateDirectory(directory.Combine("calls"));
        OldSegments.Write(path, version: 1);
        await using var log = await TestCallLog.StartAsync(directory: directory.Combine("calls"));
        await log.WriteAsync(SampleCalls.OfModel());

        var page = await log.Store.ListAsync(new(), Cancel);
        Assert.Equal(["/new", "/old"], page.Items.Select(c => c.Path == "/old" ? "/old" : "/new").Order());
        var old = page.Items.Single(c => c.Path == "/old");
        Assert.Equal((null, null, 1, "sse"), (old.Use, old.OtherCost, old.Attempts, old.Kind));
        Assert.Equal("a1", Assert.Single((await log.Store.FindAsync(Guid.ParseExact(old.Id, "N"), Cancel))!.Attempts).Destination);
        Assert.Empty(log.Archive.Damaged);
        Assert.Equal(2, log.Archive.Segments.Count);
        Assert.Equal(["null|False||0.002100001"], log.Rows("SELECT min(cost) FILTER (path = '/old'), bool_or(estimated), min(provider) FILTER (path = '/old'), max(cost) FROM calls"));
        var answer = await log.Store.SqlAsync(new() { Query = "SELECT count(*), count(cost) FROM calls", Limit = SqlQuestion.LongestLimit }, Cancel);
        Assert.Equal("[2,1]", Assert.Single(answer.Rows).ToJsonString());
    }
}
