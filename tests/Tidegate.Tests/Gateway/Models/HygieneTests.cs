using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>What goes from caller to provider and back beside the conversation: semantics 1.8 on model routes.</summary>
public sealed class HygieneTests
{
    [Theory]
    [InlineData(Ask)]
    [InlineData(AskStream)]
    public async Task Semantics1_8_HeadersOfTheCaller_StayHere_AndThoseOfTheProviderThere(string request)
    {
        string seen = "";
        await using var upstream = await ChatUpstream.StartAsync(async context =>
        {
            seen = string.Join('\n', context.Request.Headers.Select(h => $"{h.Key}: {h.Value}"));
            var headers = context.Response.Headers;
            (headers["Connection"], headers["X-Nominated"], headers["Keep-Alive"], headers["Proxy-Authenticate"]) = ("X-Nominated", "1", "timeout=5", "Basic");
            (headers["Set-Cookie"], headers["openai-organization"], headers["X-Forwarded-For"], headers["x-request-id"]) = ("a=b", "org-of-ours", "10.0.0.7", "req_1");
            await Says("here")(context);
        });
        await using var gateway = await StartAsync(upstream);

        using var answer = await gateway.PostAsync(request, headers:
        [
            ("Connection", "X-Secret, keep-alive"), ("X-Secret", "1"), ("Keep-Alive", "timeout=5"), ("TE", "trailers"), ("Proxy-Authorization", "Basic eDp5"), ("Upgrade", "h2c"),
            ("Forwarded", "for=10.0.0.7"), ("X-Forwarded-For", "10.0.0.7"), ("X-Forwarded-Host", "evil.example"), ("X-Real-IP", "10.0.0.7"), ("Cookie", "session=1"), ("X-Internal", "1"),
        ]);

        Assert.Equal(200, (int)answer.StatusCode);
        string[] known = ["Accept", "Content-Length", "Content-Type", "Host", "User-Agent", "Via"];
        Assert.All(seen.Split('\n').Select(line => line.Split(':')[0]), name => Assert.Contains(name, known));
        Assert.DoesNotContain("10.0.0.7", seen, StringComparison.Ordinal);
        Assert.Equal("req_1", answer.Headers.GetValues("x-request-id").Single());
        foreach (var name in new[] { "X-Nominated", "Keep-Alive", "Proxy-Authenticate", "Set-Cookie", "openai-organization", "X-Forwarded-For" }) Assert.False(answer.Headers.Contains(name), name);
        Assert.Equal("127.0.0.1", (await gateway.Calls.NextAsync()).ClientIp); // and not what a stranger says
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/models HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n\r\n{\"a\":}")]
    [InlineData("Content-Length: +5\r\n\r\n{\"a\"}")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n")]
    public async Task Semantics1_8_SmugglingShapes_AreRefused_AndNobodyIsAsked(string rest)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(upstream);

        using var client = await RawClient.ConnectAsync(gateway.Address);
        await client.Connection.WriteAsync("POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + rest);
        var answer = await client.ReadResponseAsync();

        Assert.Equal(400, answer.Status);
        Assert.Equal("", await client.Connection.ReadToEndAsync()); // closed, and what followed was not read as a request
        Assert.Equal((CallOutcome.BadRequest, 0), ((await gateway.Calls.NextAsync()).Outcome, upstream.Calls));
    }

    [Fact]
    public async Task Semantics1_8_BodyOutgrowsTheLimitWhileItStreams_Is413InTheDialect_BeforeItsEnd()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await TestGateway.StartAsync(Config.Document(
            Provider("p1", upstream.Address), Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m" }] }),
            Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone, MaxBodySize = 1000 })));

        using var client = await RawClient.ConnectAsync(gateway.Address);
        await client.Connection.WriteAsync($"POST /v1/messages HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n{new string(' ', 1001)}\r\n"); // more could follow
        var answer = await client.ReadResponseAsync();

        Assert.Equal(413, answer.Status);
        Assert.Contains("\"type\":\"error\"", answer.Body, StringComparison.Ordinal);
        Assert.Contains("policy maxBodySize", answer.Body, StringComparison.Ordinal);
        Assert.Equal((CallOutcome.BadRequest, 0), ((await gateway.Calls.NextAsync()).Outcome, upstream.Calls));
    }

    [Fact]
    public async Task Semantics1_8_HeadersOutgrowTheirLimit_Is431_AndNobodyIsAsked()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(upstream);

        var answer = await gateway.RawAsync($"POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nX-Long: {new string('x', 40_000)}\r\nContent-Length: 2\r\n\r\n{{}}");

        Assert.Equal((431, 0), (answer.Status, upstream.Calls));
    }
}
