using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Same format on both sides: semantics 2.11.</summary>
public sealed class PassThroughTests
{
    [Fact]
    public async Task Semantics2_11_RequestBytes_AreTheCallers_ButForTheModel()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);

        await gateway.AskAsync("""{ "messages":[{"role":"user","content":"h\u00fc \ud83d"}],  "model" : "fast" , "unknown_field":{"a":[1,2.50,null]} }""");

        Assert.Equal("""{ "messages":[{"role":"user","content":"h\u00fc \ud83d"}],  "model" : "m-p1" , "unknown_field":{"a":[1,2.50,null]} }""", upstream.Bodies[0]);
    }

    [Theory]
    [InlineData("""{"model":"fast","stream":true}""", """{"stream_options":{"include_usage":true},"model":"m-p1","stream":true}""")]
    [InlineData("""{"stream_options":{"include_usage":false},"model":"fast","stream":true}""", """{"stream_options":{"include_usage":true},"model":"m-p1","stream":true}""")]
    [InlineData("""{"model":"fast","stream":true,"stream_options":{}}""", """{"model":"m-p1","stream":true,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"model":"fast","stream":true,"stream_options":{"x":1}}""", """{"model":"m-p1","stream":true,"stream_options":{"include_usage":true,"x":1}}""")]
    [InlineData("""{"model":"fast","stream":true,"stream_options":null}""", """{"model":"m-p1","stream":true,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"model":"fast","stream":true,"stream_options":{"include_usage":true}}""", """{"model":"m-p1","stream":true,"stream_options":{"include_usage":true}}""")]
    public async Task Semantics2_9_Usage_IsAskedForWhereItCanBe(string sent, string expected)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);

        await gateway.AskAsync(sent);

        Assert.Equal(expected, upstream.Bodies[0]);
    }

    [Fact]
    public async Task Semantics2_9_Usage_IsNotAskedForWhereTheVendorRefusesTheField()
    {
        const string sent = """{"model":"m-p1","stream":true}""";
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        var provider = Provider("p1", upstream.Address);
        await using var gateway = await TestGateway.StartAsync(Document(m => m, provider with { Spec = provider.Spec with { Vendor = "mistral" } }));

        await gateway.AskAsync("""{"model":"fast","stream":true}""");

        Assert.Equal(sent, upstream.Bodies[0]);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(""","stream_options":{"include_usage":true}""", true)]
    public async Task Semantics2_9_UsageChunk_IsShownToCallersThatAskedForIt(string options, bool shown)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);

        var (_, body) = await gateway.AskAsync($$"""{"model":"fast","stream":true{{options}},"messages":[]}""");

        Assert.Equal(shown, body.Contains("\"usage\"", StringComparison.Ordinal));
        Assert.EndsWith(Done, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Semantics2_11_AnswerBytes_AreTheProviders()
    {
        const string answer = """{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"x","new_thing":[1.0]},"finish_reason":"stop"}],"other":true}""";
        await using var upstream = await ChatUpstream.StartAsync(Json(200, answer));
        await using var gateway = await StartAsync(upstream);

        Assert.Equal((200, answer), await gateway.AskAsync(Ask));
    }

    [Theory]
    [InlineData("<html>oops</html>")]
    [InlineData("")]
    [InlineData("{\"id\":\"c1\",\"choices\":[{\"ind")]
    [InlineData("[]")]
    public async Task AnswersThatAreNone_GoElsewhere(string answer)
    {
        await using var first = await ChatUpstream.StartAsync(Json(200, answer));
        await using var second = await ChatUpstream.StartAsync(Says("here"));
        await using var gateway = await StartAsync(first, second);

        var (status, body) = await gateway.AskAsync(Ask);

        Assert.Equal(200, status);
        Assert.Contains("here", body, StringComparison.Ordinal);
    }
}
