using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Core.Resources.Models;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Guarding.GuardSetup;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;

namespace Tidegate.Tests.Gateway.Models.Guarding;

/// <summary>What guardrails do to answers, whole and streamed, in the provider's format and in another.</summary>
public sealed class AnswerGuardTests
{
    private const string Chats = "/v1/chat/completions", Anthropic = "/v1/messages";

    [Theory]
    [InlineData(Chats, false)]
    [InlineData(Chats, true)]
    [InlineData(Anthropic, false)]
    [InlineData(Anthropic, true)]
    public async Task Mask_TheCallerGetsWhatIsLeft(string path, bool stream)
    {
        await using var upstream = await ChatUpstream.StartAsync(stream ? Streams(Role, Content("ask bo"), Content("b@x.o"), Content("rg now"), Stop, Done) : Says("ask bob@x.org now"));
        await using var gateway = await StartAsync(new GuardrailConfig { Detect = [Email(GuardAction.Mask)] }, upstream);

        Assert.Equal("ask [email] now", Text(path, stream, (await gateway.AskAsync(Ask(path, "hi", stream), path)).Body));
        var record = await gateway.Calls.NextAsync();
        Assert.Equal(("guardrail pii: mask 1 email in the answer", CallOutcome.Ok), (record.Why, record.Outcome));
    }

    [Theory]
    [InlineData(Chats, false)]
    [InlineData(Chats, true)]
    [InlineData(Anthropic, false)]
    [InlineData(Anthropic, true)]
    public async Task Tokenise_ThePlaceholderGoesAndTheValueComesBack(string path, bool stream)
    {
        await using var upstream = await ChatUpstream.StartAsync(stream ? Streams(Role, Content("to [ema"), Content("il_2], [email_1] and [email_9"), Content("]."), Stop, Done) : Says("to [email_2], [email_1] and [email_9]."));
        await using var gateway = await StartAsync(new GuardrailConfig { Detect = [Email(GuardAction.Tokenise)] }, upstream);

        var (_, body) = await gateway.AskAsync(Ask(path, "bob@x.org, amy@x.org, bob@x.org", stream), path);

        Assert.Contains("[email_1], [email_2], [email_1]", upstream.Bodies[0], StringComparison.Ordinal);
        Assert.Equal("to amy@x.org, bob@x.org and [email_9].", Text(path, stream, body));
        Assert.Equal("guardrail pii: tokenise 3 email in the request", (await gateway.Calls.NextAsync()).Why);
    }

    [Fact]
    public async Task Tokenise_ATextThatLooksLikeAPlaceholder_StaysOne()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("[email_1] [email_2]"));
        await using var gateway = await StartAsync(new GuardrailConfig { Detect = [Email(GuardAction.Tokenise)] }, upstream);

        Assert.Equal("[email_1] bob@x.org", Text(Chats, false, (await gateway.AskAsync(Chat("bob@x.org says [email_1]"))).Body));
    }

    [Theory]
    [InlineData(Chats)]
    [InlineData(Anthropic)]
    public async Task Block_AWholeAnswer_IsRefused(string path)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("mail bob@x.org"));
        await using var second = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(new GuardrailConfig { Detect = [Email(GuardAction.Block)] }, upstream, second);

        var (status, body) = await gateway.AskAsync(Ask(path, "hi", stream: false), path);

        Assert.Equal(400, status);
        Assert.Contains("refused the answer: email was found in it.", body, StringComparison.Ordinal);
        Assert.DoesNotContain("bob", body, StringComparison.Ordinal);
        Assert.Equal(0, second.Calls);
        Assert.Contains("guardrail pii: block 1 email in the answer", (await gateway.Calls.NextAsync()).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Chats)]
    [InlineData(Anthropic)]
    public async Task Block_AStreamThatHasBegun_EndsInAnErrorInIt(string path)
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("the address "), Content("is "), Gate, Content("bob@x"), Content(".org, and"), Content(" more"), Stop, Done));
        await using var gateway = await StartAsync(new GuardrailConfig { Detect = [Email(GuardAction.Block)] }, upstream);

        using var answer = await gateway.PostAsync(Ask(path, "hi", stream: true), path);
        upstream.Seen.SetResult();
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("the address is ", Text(path, true, body));
        Assert.Contains("refused the answer", body, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", body, StringComparison.Ordinal);
        Assert.DoesNotContain("message_stop", body, StringComparison.Ordinal);
        Assert.DoesNotContain("bob", body, StringComparison.Ordinal);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Truncated, "a guardrail refused the answer"), (record.Outcome, record.Error));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BannedTopics_ByKeyword_AreRefusedInAnswersToo(bool stream)
    {
        await using var upstream = await ChatUpstream.StartAsync(stream ? Streams(Role, Content("play rou"), Content("lette"), Content(" now"), Stop, Done) : Says("play roulette now"));
        await using var gateway = await StartAsync(new GuardrailConfig { Detect = [new DetectConfig { Type = DetectType.Keyword, Name = "gambling", Words = ["roulette"], Action = GuardAction.Block }] }, upstream);

        var (_, body) = await gateway.AskAsync(Chat("hi", stream));

        Assert.Contains("refused the answer: gambling was found in it", body, StringComparison.Ordinal);
        Assert.DoesNotContain("lette", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flag_IsOnlyRecorded()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("bob@x"), Content(".org"), Stop, Done));
        await using var gateway = await StartAsync(new GuardrailConfig { Detect = [Email(GuardAction.Flag)] }, upstream);

        Assert.Equal("bob@x.org", Text(Chats, true, (await gateway.AskAsync(Chat("hi", stream: true))).Body));
        Assert.Equal("guardrail pii: flag 1 email in the answer", (await gateway.Calls.NextAsync()).Why);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ToolArguments_StayJson(bool stream)
    {
        const string call = """{"index":0,"id":"t1","type":"function","function":{"name":"pay","arguments":""";
        static string Delta(string json) => $$"""data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"tool_calls":[{{json}}]},"finish_reason":null}]}""" + "\n\n";
        await using var upstream = await ChatUpstream.StartAsync(stream
            ? Streams(Role, Delta(call + "\"{\\\"card\\\":41111111\"}}"), Delta("""{"index":0,"function":{"arguments":"11111111,\"to\":\"a\\nbo"}}"""), Delta("""{"index":0,"function":{"arguments":"b@x.org\"}"}}"""),
                Stop.Replace("\"stop\"", "\"tool_calls\"", StringComparison.Ordinal), Done)
            : Json(200, $$$$"""{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{{{{call}}}}"{\"card\":4111111111111111,\"to\":\"a\\nbob@x.org\"}"}}]},"finish_reason":"tool_calls"}]}"""));
        await using var gateway = await StartAsync(new GuardrailConfig { Detect = [Email(GuardAction.Mask), new DetectConfig { Type = DetectType.Card }] }, upstream);

        var (_, body) = await gateway.AskAsync(Chat("hi", stream));

        var calls = stream ? Events(body).SelectMany(e => e["choices"]!.AsArray()).Select(c => c!["delta"]!["tool_calls"]) : [JsonNode.Parse(body)!["choices"]![0]!["message"]!["tool_calls"]];
        Assert.Equal("""{"card":"[card]","to":"a\n[email]"}""", string.Concat(calls.Select(c => c?[0]?["function"]?["arguments"]?.GetValue<string>())));
    }

    [Fact]
    public async Task Mask_SameFormat_ChangesTheTextAlone_AndLogprobsThatWouldSpellIt()
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, """{"id":"c1","choices":[{"index":0,"message":{"role":"assistant","content":"bob@x.org","new":[1.0]},"logprobs":{"content":[{"token":"bob"}]},"finish_reason":"stop"}],"other":1.50}"""));
        await using var gateway = await StartAsync(new GuardrailConfig { Detect = [Email(GuardAction.Mask)] }, upstream);

        Assert.Equal((200, """{"id":"c1","choices":[{"index":0,"message":{"role":"assistant","content":"[email]","new":[1.0]},"logprobs":null,"finish_reason":"stop"}],"other":1.50}"""), await gateway.AskAsync(Chat("hi")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MaxAnswerLength_LongerOnesEnd(bool stream)
    {
        await using var upstream = await ChatUpstream.StartAsync(stream ? Streams(Role, Content("0123456789"), Gate, Content("x"), Stop, Done) : Says("0123456789x"));
        await using var gateway = await StartAsync(new GuardrailConfig { MaxAnswerLength = 10 }, upstream);

        var (status, body) = await gateway.AskAsync(Chat("hi", stream), upstream);

        Assert.Equal(stream ? 200 : 400, status);
        Assert.Contains("longer than allowed", body, StringComparison.Ordinal);
        Assert.DoesNotContain(":\"x\"", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo", Chats)]
    [InlineData("echo?dialect=anthropic_messages", Chats)]
    [InlineData("echo?dialect=anthropic_messages", Anthropic)]
    [InlineData("echo?dialect=gemini", Anthropic)]
    [InlineData("echo", "/api/chat")]
    public async Task Tokenise_FakeVendorOfAnyDialect_EchoComesBackRestored(string target, string path)
    {
        var fake = ModelSetup.Provider("fake", new Uri("http://localhost"));
        await using var gateway = await TestGateway.StartAsync(Document(new GuardrailConfig { Detect = [Email(GuardAction.Tokenise)] }, m => m with { Targets = [new TargetConfig { Provider = "fake", Model = target }] },
            fake with { Spec = new() { Vendor = "fake" } }));

        foreach (var stream in (bool[])[false, true])
        {
            var (status, body) = await gateway.AskAsync(path == Anthropic ? Messages("I am bob@x.org", stream) : Chat("I am bob@x.org", stream).Replace(",\"x\":1.50", "", StringComparison.Ordinal), path);

            Assert.True(status == 200, body);
            Assert.Contains("bob@x.org", body, StringComparison.Ordinal);
            Assert.DoesNotContain("[email_1]", body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/v1/responses", "{\"model\":\"fast\",\"store\":false,\"input\":\"I am bob@x.org\"}")]
    [InlineData("/v1/responses", "{\"model\":\"fast\",\"store\":false,\"stream\":true,\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"I am bob@x.org\"}]}]}")]
    [InlineData("/v1beta/models/fast:generateContent", "{\"contents\":[{\"parts\":[{\"text\":\"I am bob@x.org\"}]}]}")]
    [InlineData("/v1beta/models/fast:streamGenerateContent", "{\"contents\":[{\"parts\":[{\"text\":\"I am bob@x.org\"}]}]}")]
    [InlineData("/v1beta/models/fast:streamGenerateContent?alt=sse", "{\"contents\":[{\"parts\":[{\"text\":\"I am bob@x.org\"}]}]}")]
    [InlineData("/v1/completions", "{\"model\":\"fast\",\"prompt\":\"I am bob@x.org\"}")]
    [InlineData("/v1/completions", "{\"model\":\"fast\",\"stream\":true,\"prompt\":\"I am bob@x.org\"}")]
    public async Task Tokenise_OtherFaces_SameFormatAndAnother(string path, string request)
    {
        foreach (var target in (string[])["echo?dialect=openai_chat", "echo?dialect=gemini", "echo?dialect=anthropic_messages"])
        {
            var fake = ModelSetup.Provider("fake", new Uri("http://localhost"));
            await using var gateway = await TestGateway.StartAsync(Document(new GuardrailConfig { Detect = [Email(GuardAction.Tokenise)] }, m => m with { Targets = [new TargetConfig { Provider = "fake", Model = target }] },
                fake with { Spec = new() { Vendor = "fake" } }));

            var (status, body) = await gateway.AskAsync(request, path);

            Assert.True(status == 200, body);
            Assert.Contains("bob@x.org", body, StringComparison.Ordinal);
            Assert.DoesNotContain("email_1", body, StringComparison.Ordinal);
            Assert.Equal("guardrail pii: tokenise 1 email in the request", (await gateway.Calls.NextAsync()).Why);
        }
    }

    [Fact]
    public async Task Rescue_WhatIsKeptBackOfABrokenStream_IsLookedAtWithWhatFollows()
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Content("ask "), Gate, Content("bo"), Cut));
        await using var second = await ChatUpstream.StartAsync(Says("ask bob@x.org now"));
        await using var gateway = await TestGateway.StartAsync(Document(new GuardrailConfig { Detect = [Email(GuardAction.Mask)] }, m => m with { Rescue = RescueMode.Splice },
            ModelSetup.Provider("p1", first.Address), ModelSetup.Provider("p2", second.Address)));

        var (_, body) = await gateway.AskAsync(Chat("hi", stream: true), first);

        Assert.Equal("ask [email] now", Text(Chats, true, body));
        Assert.EndsWith(Done, body, StringComparison.Ordinal);
    }

    private static string Ask(string path, string text, bool stream) => path == Anthropic ? Messages(text, stream) : Chat(text, stream);

    private static string Text(string path, bool stream, string body)
    {
        if (!stream) return path == Anthropic ? JsonNode.Parse(body)!["content"]![0]!["text"]!.GetValue<string>() : JsonNode.Parse(body)!["choices"]![0]!["message"]!["content"]!.GetValue<string>();
        return string.Concat(Events(body).Select(e => path == Anthropic ? e["delta"]?["text"]?.GetValue<string>() : e["choices"] is JsonArray { Count: > 0 } choices ? choices[0]!["delta"]?["content"]?.GetValue<string>() : null));
    }

    private static IEnumerable<JsonNode> Events(string body) =>
        body.Split('\n').Where(l => l.StartsWith("data: {", StringComparison.Ordinal)).Select(l => JsonNode.Parse(l[6..])!);
}
