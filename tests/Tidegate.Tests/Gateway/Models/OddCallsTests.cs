using System.Text.Json.Nodes;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Calls that are a little other than most.</summary>
public sealed class OddCallsTests
{
    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("{\"a\":[1]}")]
    [InlineData("[\"x\"]")]
    [InlineData("true")]
    public async Task Deployment_BodyWithAModelThatIsNoText_HasOneModelUpstream(string model)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);

        var (status, _) = await gateway.AskAsync($$"""{"messages":[{"role":"user","content":"hi"}], "model" : {{model}} ,"n":1}""", "/openai/deployments/fast/chat/completions");

        Assert.Equal((200, """{"messages":[{"role":"user","content":"hi"}], "model" : "m-p1" ,"n":1}"""), (status, upstream.Bodies[0]));
    }

    [Theory]
    [InlineData("/v1beta/models/fast%3AgenerateContent")]
    [InlineData("/v1beta/models/fast%3agenerateContent")]
    public async Task GeminiPath_WithAnEncodedColon_IsTaken(string path)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);

        Assert.Equal(200, (await gateway.AskAsync("""{"contents":[{"parts":[{"text":"hi"}]}]}""", path)).Status);
    }

    [Theory]
    [InlineData("anthropic", "/v1/chat/completions", """{"model":"fast","messages":[{"role":"user","content":""}]}""", "messages: ")]
    [InlineData("gemini", "/v1/chat/completions", """{"model":"fast","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":""}]}""", "messages: ")]
    [InlineData("bedrock", "/v1/responses", """{"model":"fast","input":""}""", "input: ")]
    [InlineData("anthropic", "/v1beta/models/fast:generateContent", """{"contents":[{"parts":[{"text":""}]}]}""", "contents: ")]
    public async Task ConversationThatSaysNothing_IsRefused_WhereTheFormatTakesNone(string vendor, string path, string body, string named)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(vendor, upstream);

        var (status, answer) = await gateway.AskAsync(body, path);

        Assert.Equal((400, 0), (status, upstream.Calls));
        Assert.StartsWith(named, JsonNode.Parse(answer)!["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/moderations", """{"model":"fast","input":"x"}""")]
    [InlineData("/v1/images/generations", """{"model":"fast","prompt":"x"}""")]
    [InlineData("/v1/audio/speech", """{"model":"fast","input":"x","voice":"a"}""")]
    [InlineData("/v1/rerank", """{"model":"fast","query":"x","documents":["a"]}""")]
    [InlineData("/v1/embeddings", """{"model":"fast","input":"x"}""")]
    public async Task AnswerThatIsNone_IsTheProvidersFault(string path, string body)
    {
        await using var first = await ChatUpstream.StartAsync(Json(200, "{}"));
        await using var gateway = await StartAsync(m => m with { MaxAttempts = 1 }, first);

        var (status, answer) = await gateway.AskAsync(body, path);

        Assert.Equal(502, status);
        Assert.Contains("malformed", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-5", "max_tokens: must be at least 1; it is -5. (call ")]
    [InlineData("1e30", "max_tokens: is a number that is too large: 1E\\u002B30. (call ")]
    public async Task FakeTarget_WrongRequest_NamesTheCall(string most, string message)
    {
        await using var gateway = await TestGateway.StartAsync(Document(m => m with { Targets = [new TargetConfig { Provider = "p1", Model = "echo" }] }, new Resource<ProviderConfig>
        {
            ApiVersion = "tidegate/v1", Kind = "Provider", Metadata = new ResourceMetadata { Name = "p1" }, Spec = new ProviderConfig { Vendor = "fake" },
        }));

        var (status, body) = await gateway.AskAsync($$"""{"model":"fast","max_tokens":{{most}},"messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal(400, status);
        Assert.Contains(message, body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/embeddings", """{"model":"fast","input":"some words to count"}""", "$.usage.prompt_tokens")]
    [InlineData("/api/embed", """{"model":"fast","input":"some words to count"}""", "$.prompt_eval_count")]
    public async Task Embeddings_OfAProviderThatTellsNoUsage_TellTheEstimateOfTheRecord(string path, string body, string place)
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, """{"embeddings":[{"values":[0.1,0.2]}]}"""));
        await using var gateway = await StartAsync("gemini", upstream);

        var (status, answer) = await gateway.AskAsync(body, path);

        Assert.Equal(200, status);
        var told = place.Split('.')[1..].Aggregate(JsonNode.Parse(answer)!, (node, name) => node[name]!).GetValue<long>();
        var use = (await gateway.Calls.NextAsync()).Use!;
        Assert.True(told > 0 && use.Estimated, answer);
        Assert.Equal(use.InputTokens, told);
    }
}
