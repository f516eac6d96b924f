using System.Diagnostics.Metrics;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Models;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;

namespace Tidegate.Tests.Gateway.Models.Caching;

/// <summary>What is told of caches, and that a hit is no use of a model anywhere.</summary>
public sealed class CacheMetricsTests
{
    private const string Cold = """{"model":"fast","temperature":0,"messages":[{"role":"user","content":"hi"}]}""";

    [Fact]
    public async Task Hits_Misses_Bypasses_AndWhatIsKept_AreCounted()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("once"));
        await using var gateway = await StartAsync(new AnswerCacheConfig(), upstream);

        Assert.Equal((0, 0), (Read(gateway)["tidegate_model_cache_entries{service=fast}"], Read(gateway)["tidegate_model_cache_bytes{service=fast}"]));
        foreach (var request in (string[])[Cold, Cold, Cold, Cold.Replace("hi", "ho", StringComparison.Ordinal), ModelSetup.Ask]) await AskAsync(gateway, request);

        var seen = Read(gateway);
        Assert.Equal(
            (2, 2, 1, 2, 2),
            (seen["tidegate_model_cache_calls_total{result=hit,service=fast}"], seen["tidegate_model_cache_calls_total{result=miss,service=fast}"], seen["tidegate_model_cache_calls_total{result=bypass,service=fast}"],
                seen["tidegate_model_cache_stored_total{service=fast}"], seen["tidegate_model_cache_entries{service=fast}"]));
        Assert.InRange(seen["tidegate_model_cache_bytes{service=fast}"], 2 * 200, 2 * 1024);
    }

    [Fact]
    public async Task Counts_OutliveTheCache_WhatIsKeptDoesNot()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("once"));
        await using var gateway = await StartAsync(new AnswerCacheConfig(), upstream);
        foreach (var request in (string[])[Cold, Cold]) await AskAsync(gateway, request);

        gateway.Apply(ModelSetup.Document(m => m with { Cache = new AnswerCacheConfig { Ttl = TimeSpan.FromMinutes(1) } }, upstream));

        var seen = Read(gateway);
        Assert.Equal((1, 1, 0), (seen["tidegate_model_cache_calls_total{result=hit,service=fast}"], seen["tidegate_model_cache_stored_total{service=fast}"], seen["tidegate_model_cache_entries{service=fast}"]));
    }

    [Fact]
    public async Task AnswersThatAreTooLarge_OrFailed_AreMissesAndNotStored()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(400), Says(new string('x', 9000)));
        await using var gateway = await StartAsync(new AnswerCacheConfig { MaxBytes = 65536 }, upstream);
        foreach (var request in (string[])[Cold, Cold]) await AskAsync(gateway, request);

        var seen = Read(gateway);
        Assert.Equal((2, 0), (seen["tidegate_model_cache_calls_total{result=miss,service=fast}"], seen["tidegate_model_cache_stored_total{service=fast}"]));
    }

    [Fact]
    public async Task WithoutACache_ThereIsNothingToTell()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("once"));
        await using var gateway = await ModelSetup.StartAsync(upstream);
        await AskAsync(gateway, Cold);

        Assert.Empty(Read(gateway));
    }

    [Fact]
    public async Task AHit_IsNoUse_InMetricsAndRecord_AndTheCallerReadsTheUsageOfThen()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("once", input: 7, output: 3));
        await using var gateway = await StartAsync(new AnswerCacheConfig(), upstream);
        await AskAsync(gateway, Cold);
        var before = MetricReading.Of(gateway.Get<Meter>(), "tidegate_model_tokens_total");
        Assert.Equal(7, before["tidegate_model_tokens_total{kind=input,model=m-p1,provider=p1,shadow=false}"]);

        var (body, record) = await AskAsync(gateway, Cold);

        Assert.Equal(before, MetricReading.Of(gateway.Get<Meter>(), "tidegate_model_tokens_total"));
        Assert.Contains("\"prompt_tokens\":7,\"completion_tokens\":3", body, StringComparison.Ordinal);
        Assert.Equal(("p1", "m-p1", 0L, 0L, 0L, 0m, 0), (record.Use!.Provider, record.Use.Model, record.Use.InputTokens, record.Use.CachedInputTokens, record.Use.OutputTokens, record.Use.Cost, record.AttemptCount));
        Assert.False(record.Use.Estimated);
    }

    private static Task<TestGateway> StartAsync(AnswerCacheConfig cache, ChatUpstream upstream) => ModelSetup.StartAsync(m => m with { Cache = cache }, upstream);

    private static IReadOnlyDictionary<string, double> Read(TestGateway gateway) => MetricReading.Of(gateway.Get<Meter>(), "tidegate_model_cache");

    // The next call begins when the record is written: the answer is kept by then.
    private static async Task<(string Body, CallRecord Record)> AskAsync(TestGateway gateway, string request) => ((await gateway.AskAsync(request)).Body, await gateway.Calls.NextAsync());
}
