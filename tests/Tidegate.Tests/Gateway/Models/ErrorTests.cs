using System.Globalization;
using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>What callers of models are told when there is no answer: semantics 1.7 on model routes.</summary>
public sealed class ErrorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Faces => new()
    {
        { "/v1/chat/completions", Ask },
        { "/v1/completions", """{"model":"fast","prompt":"hi"}""" },
        { "/v1/responses", """{"model":"fast","input":"hi"}""" },
        { "/v1/messages", """{"model":"fast","max_tokens":5,"messages":[{"role":"user","content":"hi"}]}""" },
        { "/v1beta/models/fast:generateContent", """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""" },
        { "/api/chat", """{"model":"fast","stream":false,"messages":[{"role":"user","content":"hi"}]}""" },
        { "/v1/embeddings", """{"model":"fast","input":"hi"}""" },
    };

    [Theory]
    [MemberData(nameof(Faces))]
    public async Task Semantics1_7_RefusedByAPolicy_TheErrorNamesItAndTheCall_InEveryDialect(string path, string request)
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(503, null, ("Retry-After", "30")));
        await using var gateway = await TestGateway.StartAsync(Limited(upstream, calls: 2));

        Assert.Equal(503, (await gateway.AskAsync(request, path)).Status);
        var (off, byHealth) = await gateway.AskAsync(request, path);
        var (over, byLimit) = await gateway.AskAsync(request, path);

        var records = await gateway.Calls.WaitForAsync(3);
        Assert.Equal((503, 429), (off, over));
        Assert.EndsWith($"(policy health, call {records[1].Id:N})", MessageOf(byHealth), StringComparison.Ordinal);
        Assert.EndsWith($"(policy limit:few, call {records[2].Id:N})", MessageOf(byLimit), StringComparison.Ordinal);
        Assert.Contains("health: unavailable", records[1].Why, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Faces))]
    public async Task Semantics1_7_ProviderInTrouble_NeitherItsAddressNorAStackTraceIsTold_InEveryDialect(string path, string request)
    {
        foreach (var trouble in new[] { "refused", "reset", "garbage", "html", "half" })
        {
            await using var upstream = RawUpstream.Start(async c =>
            {
                await c.ReadHeadAsync();
                if (trouble == "garbage") await c.WriteAsync("SSH-2.0-OpenSSH_9.2\r\n\r\n");
                else if (trouble == "html") await c.WriteAsync("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 5\r\nConnection: close\r\n\r\n<html");
                else if (trouble == "half") await c.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"id\":");
                else c.Reset();
            });
            var address = trouble == "refused" ? RawUpstream.Refused() : upstream.Address;
            await using var gateway = await TestGateway.StartAsync(Document(m => m with { MaxAttempts = 1 }, Provider("p1", address)));

            using var response = await gateway.PostAsync(request, path);

            var told = await response.Content.ReadAsStringAsync(Cancel);
            Assert.True((int)response.StatusCode == 502, $"{trouble}: {(int)response.StatusCode} {told}");
            Assert.Contains($"call {(await gateway.Calls.NextAsync()).Id:N})", MessageOf(told), StringComparison.Ordinal);
            told += response.Headers;
            Assert.DoesNotContain(address.Port.ToString(CultureInfo.InvariantCulture), told, StringComparison.Ordinal);
            Assert.DoesNotContain("127.0.0.1", told, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", told, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Semantics1_7_ProvidersOwnError_IsItsOwnWords_AndTheHeaderNamesTheCall()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(422, "odd"));
        await using var gateway = await StartAsync(upstream);

        using var response = await gateway.PostAsync(Ask);

        Assert.Equal("""{"error":{"message":"it went wrong","type":"some_error","code":"odd"}}""", await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal($"{(await gateway.Calls.NextAsync()).Id:N}", response.Headers.GetValues("X-Tidegate-Call-Id").Single());
    }

    [Theory]
    [InlineData("/v1/chat/completions", AskStream)]
    [InlineData("/v1/messages", """{"model":"fast","stream":true,"max_tokens":5,"messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData("/v1/responses", """{"model":"fast","stream":true,"input":"hi"}""")]
    [InlineData("/v1beta/models/fast:streamGenerateContent?alt=sse", """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""")]
    [InlineData("/api/chat", """{"model":"fast","messages":[{"role":"user","content":"hi"}]}""")]
    public async Task Semantics1_7_ErrorInAStream_NamesTheCall_InEveryDialect(string path, string request)
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("so far"), Gate, Cut));
        await using var gateway = await StartAsync(upstream);

        var (status, body) = await gateway.AskAsync(request, upstream, path);

        Assert.Equal(200, status);
        Assert.Contains($"(call {(await gateway.Calls.NextAsync()).Id:N})", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Semantics1_7_FaultOfOurs_IsA500InTheDialect_AndNothingOfWhatHappened()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("no"));
        var broken = new BrokenRandom();
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Random = broken }, Document(m => m, Provider("p1", upstream.Address, "one", "two") switch { var p => p with { Spec = p.Spec with { Keys = [.. p.Spec.Keys.Select(k => k with { Priority = 0 })] } } }));
        broken.IsBroken = true;

        var (status, body) = await gateway.AskAsync("""{"model":"fast","max_tokens":5,"messages":[{"role":"user","content":"hi"}]}""", "/v1/messages");

        var record = await gateway.Calls.NextAsync();
        Assert.Equal((500, "api_error"), (status, JsonNode.Parse(body)!["error"]!["type"]!.GetValue<string>()));
        Assert.Contains($"(call {record.Id:N})", body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        Assert.Equal((CallOutcome.GatewayError, "InvalidOperationException"), (record.Outcome, record.Error));
    }

    private static string MessageOf(string body) => JsonNode.Parse(body)!["error"] switch
    {
        JsonValue text => text.GetValue<string>(),
        var error => error!["message"]!.GetValue<string>(),
    };

    private static ConfigDocument Limited(ChatUpstream upstream, int calls) => Config.Document(
        Provider("p1", upstream.Address), Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m" }], MaxAttempts = 1 }),
        Config.Route("models", new RouteConfig
        {
            Models = new ModelsConfig(), Identify = Config.Anyone, Limits = [new LimitConfig { Name = "few", By = LimitKey.Route, Calls = calls, Per = TimeSpan.FromHours(1) }],
        }));

    private sealed class BrokenRandom : IRandomSource
    {
        public bool IsBroken { get; set; }

        public double NextDouble() => 0.5;

        public int Next(int exclusiveMax) => IsBroken ? throw new InvalidOperationException("secret of 10.0.0.7") : 0;

        public void NextBytes(Span<byte> bytes) => System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
    }
}
