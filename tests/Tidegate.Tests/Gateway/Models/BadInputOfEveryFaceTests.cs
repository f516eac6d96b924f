using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Whatever callers and providers send: an error in the caller's dialect, never a 500 of ours, always one record.</summary>
public sealed class BadInputOfEveryFaceTests
{
    private static readonly (string Path, string Body)[] Faces =
    [
        ("/v1/chat/completions", """{"model":"fast","messages":[{"role":"user","content":"hi"}]}"""),
        ("/openai/deployments/fast/chat/completions", """{"messages":[{"role":"user","content":"hi"}]}"""),
        ("/v1/responses", """{"model":"fast","input":"hi"}"""),
        ("/v1/completions", """{"model":"fast","prompt":"hi"}"""),
        ("/v1/messages", """{"model":"fast","max_tokens":5,"messages":[{"role":"user","content":"hi"}]}"""),
        ("/v1beta/models/fast:generateContent", """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}"""),
        ("/v1beta/models/fast:streamGenerateContent?alt=sse", """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}"""),
        ("/api/chat", """{"model":"fast","stream":false,"messages":[{"role":"user","content":"hi"}]}"""),
        ("/api/generate", """{"model":"fast","prompt":"hi"}"""),
    ];

    private static readonly (string Path, string Body)[] Others =
    [
        ("/v1/embeddings", """{"model":"fast","input":"hi"}"""),
        ("/v1beta/models/fast:embedContent", """{"content":{"parts":[{"text":"hi"}]}}"""),
        ("/v1beta/models/fast:batchEmbedContents", """{"requests":[{"model":"models/fast","content":{"parts":[{"text":"hi"}]}}]}"""),
        ("/api/embed", """{"model":"fast","input":"hi"}"""),
        ("/api/embeddings", """{"model":"fast","prompt":"hi"}"""),
        ("/v1/rerank", """{"model":"fast","query":"q","documents":["a"]}"""),
        ("/v1/images/generations", """{"model":"fast","prompt":"hi"}"""),
        ("/v1/moderations", """{"model":"fast","input":"hi"}"""),
    ];

    private static readonly string[] Malformed = ["", "{", "[]", "null", "7", "\"x\"", "{\"a\":1} x", "{\"a\":\u0001}", "{\"model\":\"fast\",\"messages\":[", "{\"a\":" + "[" + "[[[[[[[[["];

    private static readonly string[] WrongTypes =
    [
        """{"model":"fast","max_tokens":5,"messages":7,"input":{},"prompt":{},"contents":"x","content":7,"requests":"x"}""",
        """{"model":"fast","max_tokens":"many","messages":[7,null,"x"],"input":[{}],"prompt":[[]],"contents":[7],"content":[],"requests":[7]}""",
        """{"model":"fast","max_tokens":-1,"messages":[{"role":7,"content":{"a":[]}}],"input":[{"role":[]}],"prompt":7,"contents":[{"parts":{}}],"content":{"parts":7},"requests":[{"content":[]}]}""",
        """{"model":"fast","max_tokens":5,"messages":[{"role":"user","content":[{"type":"image_url","image_url":"\ud800"}]}],"tools":"x","input":null,"prompt":null,"contents":null,"content":null,"requests":null}""",
    ];

    private static readonly string[] Garbage = ["", "<html><title>Bad gateway</title></html>", "{\"id\":\"x\",\"choi", "[]", "null", "7", "\"x\"", "{}", "{\"choices\":7,\"content\":7}", "{\"choices\":[null],\"content\":[null]}", "\u0000\u0001", "{\"error\":{}}"];

    public static TheoryData<string, string> AllFaces => [.. Faces.Concat(Others).Select(f => new TheoryDataRow<string, string>(f.Path, f.Body))];

    public static TheoryData<string, string> ChatFaces => [.. Faces.Select(f => new TheoryDataRow<string, string>(f.Path, f.Body))];

    [Theory]
    [MemberData(nameof(AllFaces))]
    public async Task MalformedJson_Is400_InTheDialect(string path, string body)
    {
        Assert.NotEmpty(body);
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);

        foreach (var malformed in Malformed)
        {
            var (status, answer) = await gateway.AskAsync(malformed, path);
            Assert.True(status == 400, $"{malformed}: {status} {answer}");
            IsError(path, answer);
            Assert.Equal(CallOutcome.BadRequest, (await gateway.Calls.NextAsync()).Outcome);
        }

        Assert.Equal(0, upstream.Calls);
    }

    [Theory]
    [MemberData(nameof(ChatFaces))]
    public async Task WrongTypes_OfATranslatedCall_Are400_AndNobodyIsAsked(string path, string body)
    {
        Assert.NotEmpty(body);
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync("cohere", upstream); // a format no caller speaks

        foreach (var wrong in WrongTypes)
        {
            var (status, answer) = await gateway.AskAsync(wrong, path);
            Assert.True(status == 400, $"{wrong}: {status} {answer}");
            IsError(path, answer);
            Assert.Equal(CallOutcome.ClientError, (await gateway.Calls.NextAsync()).Outcome);
        }

        Assert.Equal(0, upstream.Calls);
    }

    [Theory]
    [InlineData("/v1/embeddings")]
    [InlineData("/v1beta/models/fast:embedContent")]
    [InlineData("/v1beta/models/fast:batchEmbedContents")]
    [InlineData("/api/embed")]
    [InlineData("/api/embeddings")]
    [InlineData("/v1/messages/count_tokens")]
    [InlineData("/v1beta/models/fast:countTokens")]
    public async Task WrongTypes_OfOtherOperations_Are400(string path)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync("bedrock", upstream);

        foreach (var wrong in WrongTypes)
        {
            var (status, answer) = await gateway.AskAsync(wrong, path);
            Assert.True(status == 400, $"{wrong}: {status} {answer}");
            IsError(path, answer);
            await gateway.Calls.NextAsync();
        }

        Assert.Equal(0, upstream.Calls);
    }

    [Theory]
    [MemberData(nameof(AllFaces))]
    public async Task UnknownModel_Is404_WithNearNames(string path, string body)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);

        var (status, answer) = await gateway.AskAsync(body.Replace("\"fast\"", "\"fsat\"", StringComparison.Ordinal), path.Replace("/fast", "/fsat", StringComparison.Ordinal));

        Assert.Equal(404, status);
        IsError(path, answer);
        Assert.Contains("Did you mean", answer, StringComparison.Ordinal);
        Assert.Equal(CallOutcome.NoRoute, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Theory]
    [MemberData(nameof(AllFaces))]
    public async Task ModelNotAllowed_Is403(string path, string body)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(m => m with { Consumers = ["somebody"] }, upstream);

        var (status, answer) = await gateway.AskAsync(body, path);

        Assert.Equal(403, status);
        IsError(path, answer);
        Assert.Equal(CallOutcome.Forbidden, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Theory]
    [MemberData(nameof(AllFaces))]
    public async Task Semantics1_8_BodyTooLarge_Is413_InTheDialect(string path, string body)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await TestGateway.StartAsync(Config.Document(
            Provider("p1", upstream.Address), Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m" }] }),
            Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone, MaxBodySize = 1000 })));

        var (status, answer) = await gateway.AskAsync(body[..^1] + $",\"x\":\"{new string('a', 2000)}\"}}", path);

        Assert.Equal(413, status);
        IsError(path, answer);
        Assert.Equal(CallOutcome.BadRequest, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Theory]
    [MemberData(nameof(AllFaces))]
    public async Task Semantics1_7_GarbageFromAProvider_Is502_InTheDialect(string path, string body)
    {
        foreach (var garbage in Garbage)
        {
            // What is not translated is looked at only as far as it must be: an object is an object.
            if (Others.Any(o => o.Path == path) && garbage.StartsWith('{') && garbage.EndsWith('}')) continue;
            await using var upstream = await ChatUpstream.StartAsync(Json(200, garbage));
            await using var gateway = await StartAsync(m => m with { MaxAttempts = 1 }, upstream);
            var (status, answer) = await gateway.AskAsync(body, path);
            Assert.True(status is 502 or 503, $"{garbage}: {status} {answer}");
            IsError(path, answer);
            Assert.Equal(CallOutcome.UpstreamError, (await gateway.Calls.NextAsync()).Outcome);
        }
    }

    [Theory]
    [MemberData(nameof(ChatFaces))]
    public async Task LoneSurrogates_ReachOtherFormats_AndNothingThrows(string path, string body)
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, """{"id":"c","message":{"role":"assistant","content":[{"type":"text","text":"a\ud83d b"}]},"finish_reason":"COMPLETE"}"""));
        await using var gateway = await StartAsync("cohere", upstream);

        var (status, answer) = await gateway.AskAsync(body.Replace("\"hi\"", "\"h\\ud83di\"", StringComparison.Ordinal), path);

        Assert.True(status == 200, answer);
        Assert.Equal(CallOutcome.Ok, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Theory]
    [MemberData(nameof(ChatFaces))]
    public async Task Prompts_Of400Kilobytes_AreTranslatedWhole(string path, string body)
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, """{"id":"c","message":{"role":"assistant","content":[{"type":"text","text":"a"}]},"finish_reason":"COMPLETE"}"""));
        await using var gateway = await StartAsync("cohere", upstream);
        var text = new string('b', 400_000);

        Assert.Equal(200, (await gateway.AskAsync(body.Replace("\"hi\"", $"\"{text}\"", StringComparison.Ordinal), path)).Status);
        Assert.Contains(text, upstream.Bodies[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("{\\\"a\\\":")]
    public async Task ToolArguments_ThatAreNoObject_BothWays(string arguments)
    {
        var call = $$"""{"id":"c1","type":"function","function":{"name":"f","arguments":"{{arguments}}"} }""";
        await using var upstream = await ChatUpstream.StartAsync(Json(200, $$$"""{"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{{{call}}}]},"finish_reason":"tool_calls"}]}"""));
        await using var gateway = await StartAsync(upstream);
        await using var translated = await StartAsync("anthropic", upstream);

        var (back, answer) = await gateway.AskAsync("""{"model":"fast","max_tokens":5,"messages":[{"role":"user","content":"hi"}]}""", "/v1/messages");
        var (there, error) = await translated.AskAsync($$"""{"model":"fast","messages":[{"role":"user","content":"hi"},{"role":"assistant","tool_calls":[{{call}}]},{"role":"tool","tool_call_id":"c1","content":"x"}]}""");

        // From the provider: the caller of a format that wants an object gets one. To it: what the caller wrote is the caller's to mend.
        Assert.True(back is 200 or 502, answer);
        if (back == 200) Assert.IsType<JsonObject>(JsonNode.Parse(answer)!["content"]![0]!["input"]);
        Assert.True(there is 200 or 400 or 502, error);
        if (there == 400) IsError("/v1/chat/completions", error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>oops</html>")]
    [InlineData("data: {\"choices\":[{\"del")]
    [InlineData("data: \n\ndata: 7\n\ndata: null\n\n")]
    [InlineData("data: [DONE]\n\n")]
    public async Task GarbageInAStream_IsAnErrorInTheDialect(string stream)
    {
        foreach (var (path, body) in Faces)
        {
            await using var upstream = await ChatUpstream.StartAsync(Streams(stream));
            await using var gateway = await StartAsync(m => m with { MaxAttempts = 1 }, upstream);
            var asked = body.Replace("\"stream\":false", "\"stream\":true", StringComparison.Ordinal);
            if (!asked.Contains("\"stream\"", StringComparison.Ordinal) && !path.Contains("/v1beta", StringComparison.Ordinal) && !path.StartsWith("/api", StringComparison.Ordinal)) asked = asked[..^1] + ",\"stream\":true}";

            var (status, answer) = await gateway.AskAsync(asked, path);

            Assert.True(status is 502, $"{path}: {status} {answer}");
            IsError(path, answer);
            Assert.Equal(CallOutcome.UpstreamError, (await gateway.Calls.NextAsync()).Outcome);
        }
    }

    private static void IsError(string path, string answer)
    {
        var error = JsonNode.Parse(answer)!["error"]!;
        if (path.StartsWith("/api/", StringComparison.Ordinal))
        {
            Assert.NotEmpty(error.GetValue<string>());
            return;
        }

        Assert.NotEmpty(error["message"]!.GetValue<string>());
        if (path.StartsWith("/v1/messages", StringComparison.Ordinal)) Assert.Equal("error", JsonNode.Parse(answer)!["type"]!.GetValue<string>());
        if (path.StartsWith("/v1beta/", StringComparison.Ordinal)) Assert.NotEmpty(error["status"]!.GetValue<string>());
        else Assert.NotEmpty(error["type"]!.GetValue<string>());
    }
}
