using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>What calls of models used and cost: semantics 2.5 and 2.9. Every price here is 2.50 in and 10 out per million.</summary>
public sealed class CostTests
{
    [Fact]
    public async Task Semantics2_9_ProvidersNumbers_AreTheRecords()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 7, output: 3));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        var use = (await gateway.Calls.NextAsync()).Use!;
        Assert.Equal(("p1", "m-p1", 7L, 3L), (use.Provider, use.Model, use.InputTokens, use.OutputTokens));
        Assert.Equal((0.0000475m, "USD", false), (use.Cost, use.Currency, use.Estimated)); // 7 x 2.5 + 3 x 10 = 47.5 millionths
        Assert.True(use.FirstTokenUs >= 0);
    }

    [Fact]
    public async Task Semantics2_9_StreamsNumbers_AreTheRecords()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 7, output: 3));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        Assert.Equal(200, (await gateway.AskAsync(AskStream)).Status);

        Assert.Equal((0.0000475m, false), Cost(await gateway.Calls.NextAsync()));
    }

    [Fact]
    public async Task Semantics2_9_FailedAttempts_StandApartWithTheirOwnCost()
    {
        await using var broken = await ChatUpstream.StartAsync(Streams(Role, Ping, Cut));
        await using var busy = await ChatUpstream.StartAsync(Fails(503));
        await using var good = await ChatUpstream.StartAsync(Says("here", input: 7, output: 3));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", broken), Priced("p2", busy), Priced("p3", good)));

        Assert.Equal(200, (await gateway.AskAsync(AskStream)).Status);

        var record = await gateway.Calls.NextAsync();
        Assert.Equal(["p1", "p2", "p3"], Enumerable.Range(0, 3).Select(i => record.Attempt(i).Use!.Provider));
        Assert.Equal([0m, 0m, 0.0000475m], Enumerable.Range(0, 3).Select(i => record.Attempt(i).Use!.Cost));
        Assert.Same(record.Attempt(2).Use, record.Use);
    }

    [Fact]
    public async Task Semantics2_9_NoNumbers_AreCountedAndMarked()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("Hello,"), Content(" world!"), Stop, Done));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        Assert.Equal(200, (await gateway.AskAsync(AskStream)).Status);

        var use = (await gateway.Calls.NextAsync()).Use!;
        Assert.Equal((5L, 4L, true), (use.InputTokens, use.OutputTokens, use.Estimated)); // "hi" and one message; "Hello, world!"
        Assert.Equal(0.0000525m, use.Cost); // 5 x 2.5 + 4 x 10
    }

    [Fact]
    public async Task Semantics2_9_WholeAnswerWithoutNumbers_IsCountedAndMarked()
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200,
            """{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Hello, world!"},"finish_reason":"stop"}]}"""));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        Assert.Equal((0.0000525m, true), Cost(await gateway.Calls.NextAsync()));
    }

    [Fact]
    public async Task Semantics2_5_StreamCutInTheMiddle_BillsTheTokensDelivered()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("Hello, world!"), Gate, Cut));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        await gateway.AskAsync(AskStream, upstream);

        var record = await gateway.Calls.NextAsync();
        Assert.Equal(CallOutcome.Truncated, record.Outcome);
        Assert.Equal((0.0000525m, true), Cost(record));
    }

    [Fact]
    public async Task Semantics2_5_NumbersToldBeforeTheCut_AreMadeUpToWhatWasDelivered()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("once"), Usage(100, 20), Content("Hello, world!"), Gate, Cut));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        await gateway.AskAsync(AskStream, upstream);

        var use = (await gateway.Calls.NextAsync()).Use!;
        Assert.Equal((100L, 24L, true), (use.InputTokens, use.OutputTokens, use.Estimated));
    }

    [Fact]
    public async Task Semantics2_5_CallerWhoLeaves_IsBilledWhatWasDelivered()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("Hello, world!"), Silence));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        var answer = await gateway.PostAsync(AskStream);
        await using (var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)) _ = await body.ReadAsync(new byte[16], TestContext.Current.CancellationToken);
        answer.Dispose();

        var record = await gateway.Calls.NextAsync();
        Assert.Equal(CallOutcome.ClientCancelled, record.Outcome);
        Assert.Equal((0.0000525m, true), Cost(record));
    }

    [Fact]
    public async Task UnknownPrice_IsUnknownAndNotZero()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here", input: 7, output: 3));
        await using var gateway = await StartAsync(upstream);

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        var use = (await gateway.Calls.NextAsync()).Use!;
        Assert.Equal((7L, 3L), (use.InputTokens, use.OutputTokens));
        Assert.Null(use.Cost);
    }

    [Fact]
    public async Task RefusedRequests_CostNothing_WhateverThePrice()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(400));
        await using var gateway = await StartAsync(upstream);

        Assert.Equal(400, (await gateway.AskAsync(Ask)).Status);

        var use = (await gateway.Calls.NextAsync()).Use!;
        Assert.Equal((0L, 0L, 0m), (use.InputTokens, use.OutputTokens, use.Cost));
    }

    [Fact]
    public async Task NegativeNumbers_AreNotBelieved()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("Hello, world!", input: -7, output: 3));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        Assert.Equal((0.0000525m, true), Cost(await gateway.Calls.NextAsync()));
    }

    [Fact]
    public async Task Embeddings_CostTheirInput()
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5]}],"model":"m","usage":{"prompt_tokens":8,"total_tokens":8}}"""));
        await using var gateway = await TestGateway.StartAsync(Document(m => m, Priced("p1", upstream)));

        Assert.Equal(200, (await gateway.AskAsync("""{"model":"fast","input":"hi"}""", "/v1/embeddings")).Status);

        Assert.Equal((0.00002m, false), Cost(await gateway.Calls.NextAsync()));
    }

    [Fact]
    public async Task OtherCalls_HaveNoUse()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here"));
        await using var gateway = await StartAsync(upstream);

        await gateway.SendAsync(HttpMethod.Get, "/v1/models", null, null);

        Assert.Null((await gateway.Calls.NextAsync()).Use);
    }

    private static (decimal? Cost, bool Estimated) Cost(CallRecord record) => (record.Use?.Cost, record.Use?.Estimated ?? false);

    private static Resource<ProviderConfig> Priced(string name, ChatUpstream upstream)
    {
        var provider = Provider(name, upstream.Address);
        var price = new ModelPriceConfig { InputPerMillion = 2.50m, OutputPerMillion = 10m };
        return new Resource<ProviderConfig>
        {
            ApiVersion = provider.ApiVersion, Kind = provider.Kind, Metadata = provider.Metadata,
            Spec = provider.Spec with { Models = [new ProviderModelConfig { Name = $"m-{name}", Price = price }] },
        };
    }
}
