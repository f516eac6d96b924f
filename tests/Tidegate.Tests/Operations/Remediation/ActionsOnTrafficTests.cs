using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Operations.Remediation.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Remediation;

/// <summary>What a policy changes is what calls get: a real gateway serves the configuration before, while and after the rule acts.</summary>
public sealed class ActionsOnTrafficTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task FallbackAndShadowOff_CallsGoToTheFallbackAndNoCopiesAreSent_UntilTheBudgetHasRecovered()
    {
        await using var large = await ChatUpstream.StartAsync(ChatUpstream.Says("large"));
        await using var small = await ChatUpstream.StartAsync(ChatUpstream.Says("small"));
        await using var shadow = await ChatUpstream.StartAsync(ChatUpstream.Says("shadow"));
        await using var node = await StartAsync("{type: fallback, models: [fast]}, {type: shadow_off, models: [fast]}", $$"""
            ---
            apiVersion: tidegate/v1
            kind: Provider
            metadata: {name: large}
            spec: {vendor: openai-compatible, address: "{{large.Address}}v1"}
            ---
            apiVersion: tidegate/v1
            kind: Provider
            metadata: {name: small}
            spec: {vendor: openai-compatible, address: "{{small.Address}}v1"}
            ---
            apiVersion: tidegate/v1
            kind: Provider
            metadata: {name: shadow}
            spec: {vendor: openai-compatible, address: "{{shadow.Address}}v1", models: [{name: s, price: {inputPerMillion: 1, outputPerMillion: 2} }]}
            ---
            apiVersion: tidegate/v1
            kind: Model
            metadata: {name: fast}
            spec: {targets: [{provider: large, model: m}], fallbacks: {errors: [spare]}, shadow: {provider: shadow, model: s, share: 1, maxCostPerDay: 1.00 USD} }
            ---
            apiVersion: tidegate/v1
            kind: Model
            metadata: {name: spare}
            spec: {targets: [{provider: small, model: m}]}
            ---
            apiVersion: tidegate/v1
            kind: Route
            metadata: {name: models}
            spec: {match: {path: "/v1/{**rest}"}, models: {}, identify: {anonymous: true} }

            """);
        var gateway = await TestGateway.StartAsync(node.Config.Publisher.Current!.Document);
        await AnswersAsync(gateway, "large");
        await gateway.Calls.WaitForAsync(2); // the call and its copy
        Assert.Equal((1, 0, 1), (large.Calls, small.Calls, shadow.Calls));

        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);
        Assert.Equal(("done", ""), await node.RuleAsync() is var acts ? (acts.Actions[0].State, acts.Actions[0].Reason) : default);
        gateway.Apply(node.Config.Publisher.Current!.Document);
        await AnswersAsync(gateway, "small");
        await AnswersAsync(gateway, "small");

        await node.RunAsync(TimeSpan.FromMinutes(12), 0);
        gateway.Apply(node.Config.Publisher.Current!.Document);
        await AnswersAsync(gateway, "large");
        await gateway.Calls.WaitForAsync(6); // four calls, and copies of the first and the last
        await gateway.DisposeAsync();
        Assert.Equal((2, 2, 2), (large.Calls, small.Calls, shadow.Calls));
    }

    [Fact]
    public async Task HedgingOff_SlowCallsGetNoSecondAttempt_UntilTheBudgetHasRecovered()
    {
        await using var one = await TestUpstream.StartAsync(SlowAsync);
        await using var two = await TestUpstream.StartAsync(SlowAsync);
        await using var node = await StartAsync("{type: hedging_off, services: [web]}", $$"""
            ---
            apiVersion: tidegate/v1
            kind: Service
            metadata: {name: web}
            spec: {destinations: [{address: "{{one.Address}}"}, {address: "{{two.Address}}"}], resilience: {hedging: {delay: 20ms, maxShare: 1} } }
            ---
            apiVersion: tidegate/v1
            kind: Route
            metadata: {name: web}
            spec: {match: {path: /web}, service: web, identify: {anonymous: true} }

            """);
        await using var gateway = await TestGateway.StartAsync(node.Config.Publisher.Current!.Document);
        await GetAsync(gateway);
        Assert.Equal(2, one.Requests + two.Requests);

        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);
        Assert.Equal(("done", ""), await node.RuleAsync() is var acts ? (acts.Actions[0].State, acts.Actions[0].Reason) : default);
        gateway.Apply(node.Config.Publisher.Current!.Document);
        await GetAsync(gateway);
        Assert.Equal(3, one.Requests + two.Requests);

        await node.RunAsync(TimeSpan.FromMinutes(12), 0);
        gateway.Apply(node.Config.Publisher.Current!.Document);
        await GetAsync(gateway);
        Assert.Equal(5, one.Requests + two.Requests);
    }

    // Much slower than the pause before a second attempt.
    private static async Task SlowAsync(HttpContext context)
    {
        await Task.Delay(500, CancellationToken.None);
        await context.Response.WriteAsync("ok", Cancel);
    }

    private static async Task GetAsync(TestGateway gateway)
    {
        using var answer = await gateway.GetAsync("/web");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task AnswersAsync(TestGateway gateway, string text)
    {
        var (status, body) = await gateway.AskAsync(ModelSetup.Ask);
        Assert.True(status == 200 && body.Contains($"\"{text}\"", StringComparison.Ordinal), body);
    }

    private Task<PolicyNode> StartAsync(string actions, string objects) =>
        PolicyNode.StartAsync(_database, _time, PolicyNode.Shop + objects + PolicyText.Of("burnAbove: 10, over: 5m", actions));
}
