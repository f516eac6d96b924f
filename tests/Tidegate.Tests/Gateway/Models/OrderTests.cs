using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Which target a call tries first: by cost, by conversation, by window; new ones.</summary>
public sealed class OrderTests
{
    private const string A = "echo?tokens=1", B = "echo?tokens=2", C = "echo?tokens=3", Down = "down";

    [Fact]
    public async Task Cost_TheCheapestForThisCall_UnknownPricesLast()
    {
        var prices = new[] { Price(A, input: 10, output: 1), Price(B, input: 1, output: 10) };
        await using var gateway = await StartAsync(m => m with { Strategy = TargetStrategy.Cost }, prices, [C, A, B]);

        Assert.Equal("fake/" + A, await DestinationAsync(gateway, """{"model":"fast","max_tokens":1000,"messages":[{"role":"user","content":"hi"}]}"""));
        Assert.Equal("fake/" + B, await DestinationAsync(gateway, $$"""{"model":"fast","max_tokens":1,"messages":[{"role":"user","content":"{{new string('x', 5000)}}"}]}"""));
    }

    [Fact]
    public async Task Cost_TheCheapestIsDown_TheNextCheapestAnswers()
    {
        await using var gateway = await StartAsync(m => m with { Strategy = TargetStrategy.Cost }, [Price(Down, 1, 1), Price(B, 2, 2), Price(A, 3, 3)], [A, B, Down]);

        Assert.Equal("fake/" + B, await DestinationAsync(gateway, Ask));
    }

    [Fact]
    public async Task Window_ProbablyTooSmall_IsTriedLast()
    {
        await using var gateway = await StartAsync(m => m with { Targets = [m.Targets[0] with { ContextWindow = 100 }, m.Targets[1]] }, [], [A, B]);

        Assert.Equal("fake/" + A, await DestinationAsync(gateway, Ask));
        Assert.Equal("fake/" + B, await DestinationAsync(gateway, $$"""{"model":"fast","messages":[{"role":"user","content":"{{new string('x', 500)}}"}]}"""));
    }

    [Fact]
    public async Task Sticky_AConversationStaysAtItsTarget_OthersAreSpread()
    {
        await using var gateway = await StartAsync(m => m with { Strategy = TargetStrategy.Weighted, Sticky = new StickyConfig() }, [], [A, B, C]);
        var used = new HashSet<string>();

        for (var i = 0; i < 20; i++)
        {
            var begin = $$"""{"role":"system","content":"be brief"},{"role":"user","content":"question {{i}}"}""";
            var first = await DestinationAsync(gateway, $$"""{"model":"fast","messages":[{{begin}}]}""");
            var second = await DestinationAsync(gateway, $$"""{"model":"fast","temperature":1,"messages":[{{begin}},{"role":"assistant","content":"so"},{"role":"user","content":"and?"}]}""");
            Assert.Equal(first, second);
            used.Add(first);
        }

        Assert.Equal(3, used.Count);
    }

    [Fact]
    public async Task Sticky_ByTheRequestsOwnName_WhateverItSays()
    {
        await using var gateway = await StartAsync(m => m with { Sticky = new StickyConfig { Header = "X-Chat" } }, [], [A, B, C]);

        for (var i = 0; i < 5; i++)
        {
            var first = await DestinationAsync(gateway, $$"""{"model":"fast","prompt_cache_key":"k{{i}}","messages":[{"role":"user","content":"one"}]}""");
            Assert.Equal(first, await DestinationAsync(gateway, $$"""{"model":"fast","prompt_cache_key":"k{{i}}","messages":[{"role":"user","content":"two"}]}"""));
        }
    }

    [Fact]
    public async Task Sticky_ItsTargetIsDown_AnotherAnswers()
    {
        await using var gateway = await StartAsync(m => m with { Sticky = new StickyConfig() }, [], [Down, "down?status=500", A]);

        for (var i = 0; i < 5; i++) Assert.Equal("fake/" + A, await DestinationAsync(gateway, $$"""{"model":"fast","user":"u{{i}}","messages":[{"role":"user","content":"hi"}]}"""));
    }

    [Fact]
    public async Task Canary_GetsItsShare_AndNoMore()
    {
        await using var gateway = await StartAsync(m => m with { Targets = [m.Targets[0] with { Canary = 0.2 }, m.Targets[1]] }, [], [A, B]);
        var hits = 0;

        for (var i = 0; i < 100; i++) hits += await DestinationAsync(gateway, Ask) == "fake/" + A ? 1 : 0;

        Assert.InRange(hits, 10, 32); // chance is seeded: it is the same number every time
    }

    [Fact]
    public async Task Canary_WithoutAShare_IsALastResort()
    {
        await using var gateway = await StartAsync(m => m with { Targets = [m.Targets[0] with { Canary = 0 }, m.Targets[1]] }, [], [A, Down]);

        Assert.Equal("fake/" + A, await DestinationAsync(gateway, Ask));
        Assert.Equal(("fake/" + Down, 2), (gateway.Calls.Records[^1].Attempt(0).Destination, gateway.Calls.Records[^1].AttemptCount));
    }

    private static ProviderModelConfig Price(string model, decimal input, decimal output) =>
        new() { Name = model, Price = new ModelPriceConfig { InputPerMillion = input, OutputPerMillion = output } };

    private static async Task<string> DestinationAsync(TestGateway gateway, string request)
    {
        var before = gateway.Calls.Records.Count;
        var (status, body) = await gateway.AskAsync(request);
        Assert.True(status == 200, body);
        return (await gateway.Calls.WaitForAsync(before + 1))[^1].Destination;
    }

    private static Task<TestGateway> StartAsync(Func<ModelConfig, ModelConfig> change, ProviderModelConfig[] prices, string[] models) => TestGateway.StartAsync(Config.Document(
        new Resource<ProviderConfig> { ApiVersion = "tidegate/v1", Kind = "Provider", Metadata = new ResourceMetadata { Name = "fake" }, Spec = new ProviderConfig { Vendor = "fake", Models = prices } },
        Model("fast", change(new ModelConfig { Targets = [.. models.Select(m => new TargetConfig { Provider = "fake", Model = m })] })),
        Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone })));
}
