using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request;

/// <summary>What callers of HTTP routes are told when there is no answer: semantics 1.7.</summary>
public sealed class ErrorTests
{
    [Fact]
    public async Task Semantics1_7_RefusedByAPolicy_TheProblemNamesItAndTheCall()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await TestGateway.StartAsync(Config.Document(
            Config.Service("svc", upstream.Address),
            Config.Route("all", "svc", r => r with { Limits = [new LimitConfig { Name = "slow", By = LimitKey.Route, Calls = 1, Per = TimeSpan.FromHours(1) }] })));
        await gateway.GetAsync("/");

        using var refused = await gateway.GetAsync("/");

        var record = (await gateway.Calls.WaitForAsync(2))[1];
        var problem = await ProblemAsync(refused, 429);
        Assert.Equal(("limit:slow", record.Id.ToString("N")), (problem["policy"]!.GetValue<string>(), problem["callId"]!.GetValue<string>()));
        Assert.Contains("limit:slow", record.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refused", 502)]
    [InlineData("reset", 502)]
    [InlineData("garbage", 502)]
    [InlineData("silent", 504)]
    public async Task Semantics1_7_UpstreamInTrouble_NeitherItsAddressNorAStackTraceIsTold(string trouble, int status)
    {
        await using var upstream = RawUpstream.Start(async c =>
        {
            await c.ReadHeadAsync();
            if (trouble == "garbage") await c.WriteAsync("SSH-2.0-OpenSSH_9.2\r\n\r\n");
            else if (trouble == "silent") await c.ReadToEndAsync();
            else c.Reset();
        });
        var address = trouble == "refused" ? RawUpstream.Refused() : upstream.Address;
        await using var gateway = await TestGateway.StartAsync(Config.Document(
            Config.Service("svc", new ServiceConfig
            {
                Destinations = [new DestinationConfig { Address = address }],
                Resilience = new ResilienceConfig { Retry = new RetryConfig { MaxAttempts = 1 }, Deadline = TimeSpan.FromMilliseconds(trouble == "silent" ? 200 : 30_000) },
            }), Config.Route("all", "svc")));

        using var response = await gateway.GetAsync("/");

        var told = (await ProblemAsync(response, status)).ToJsonString() + response.Headers;
        Assert.DoesNotContain(address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), told, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Semantics1_7_FaultOfOurs_IsA500WithTheCallId_AndNothingOfWhatHappened()
    {
        await using var upstream = await TestUpstream.StartAsync();
        var broken = new BrokenRandom();
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Random = broken }, Config.Document(
            Config.Service("svc", new ServiceConfig
            {
                Destinations = [new DestinationConfig { Name = "a", Address = upstream.Address, Priority = 1 }, new DestinationConfig { Name = "b", Address = upstream.Address, Priority = 2 }],
                Balancing = new BalancingConfig { Policy = "leastRequests" },
            }),
            Config.Route("split", new RouteConfig { Split = [new SplitConfig { Service = "svc", Weight = 1 }, new SplitConfig { Service = "svc", Weight = 1 }], Identify = Config.Anyone })));
        broken.IsBroken = true;

        using var response = await gateway.GetAsync("/");

        var record = await gateway.Calls.NextAsync();
        var told = (await ProblemAsync(response, 500)).ToJsonString();
        Assert.Contains(record.Id.ToString("N"), told, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", told, StringComparison.Ordinal);
        Assert.Equal((CallOutcome.GatewayError, "InvalidOperationException"), (record.Outcome, record.Error));
        Assert.Contains(gateway.Given.Log.Lines, l => l.Event == 1001 && l.Exception is not null); // the operator finds it
    }

    private static async Task<JsonNode> ProblemAsync(HttpResponseMessage response, int status)
    {
        Assert.Equal((status, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    private sealed class BrokenRandom : IRandomSource
    {
        public bool IsBroken { get; set; }

        public double NextDouble() => 0.5;

        public int Next(int exclusiveMax) => IsBroken ? throw new InvalidOperationException("secret of 10.0.0.7") : 0;

        public void NextBytes(Span<byte> bytes) => System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
    }
}
