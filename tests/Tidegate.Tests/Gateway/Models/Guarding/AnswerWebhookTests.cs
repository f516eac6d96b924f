using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Core.Resources.Models;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Guarding.GuardPeer;
using static Tidegate.Tests.Gateway.Models.Guarding.GuardSetup;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;

namespace Tidegate.Tests.Gateway.Models.Guarding;

/// <summary>Outside guards, asked about answers, whole and streamed: nothing is shown before they have spoken.</summary>
public sealed class AnswerWebhookTests
{
    private const string Chats = "/v1/chat/completions", Anthropic = "/v1/messages";

    public static TheoryData<string, bool> Faces => new() { { Chats, false }, { Chats, true }, { Anthropic, false }, { Anthropic, true } };

    [Theory]
    [MemberData(nameof(Faces))]
    public async Task Allow_TheAnswerIsShown_Whole(string path, bool stream)
    {
        await using var guard = await GuardPeer.StartAsync(Allows);
        await using var upstream = await ChatUpstream.StartAsync(stream ? Streams(Role, Content("some "), Content("words"), Stop, Usage(7, 3), Done) : ChatUpstream.Says("some words"));
        await using var gateway = await StartAsync(Answers(guard), upstream);

        var (status, body) = await gateway.AskAsync(Ask(path, stream), path);

        Assert.Equal((200, "some words"), (status, Text(path, stream, body)));
        var question = guard.Questions.Single();
        Assert.Equal(("answer", "text", "some words"), ((string)question["direction"]!, (string)question["segments"]![0]!["kind"]!, (string)question["segments"]![0]!["text"]!));
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Ok, "guardrail pii: webhook policy allows the answer", 7L, 3L), (record.Outcome, record.Why, record.Use!.InputTokens, record.Use.OutputTokens));
        if (stream) Assert.EndsWith(path == Chats ? Done : "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStream_NothingIsShownBeforeTheGuardHasSpoken()
    {
        var spoken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var guard = await GuardPeer.StartAsync(async context =>
        {
            await spoken.Task.WaitAsync(context.RequestAborted);
            await Allows(context);
        });
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("some "), Content("words"), Stop, Done));
        await using var gateway = await StartAsync(Answers(guard), upstream);

        var headers = gateway.PostAsync(Chat("hi", stream: true)); // ends when the first of the answer is there
        await guard.Asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.False(headers.IsCompleted);
        spoken.SetResult();

        using var answer = await headers;
        Assert.Equal("some words", Text(Chats, true, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [MemberData(nameof(Faces))]
    public async Task Block_NothingOfItIsShown_AndNobodyElseIsAsked(string path, bool stream)
    {
        await using var guard = await GuardPeer.StartAsync(Blocks("off topic"));
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("some words"));
        await using var second = await ChatUpstream.StartAsync(ChatUpstream.Says("others"));
        await using var gateway = await StartAsync(Answers(guard), upstream, second);

        var (status, body) = await gateway.AskAsync(Ask(path, stream), path);

        Assert.Equal((400, 0), (status, second.Calls));
        Assert.StartsWith("The guardrail 'pii' refused the answer: off topic (call ", (string)JsonNode.Parse(body)!["error"]!["message"]!, StringComparison.Ordinal);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.ClientError, "guardrail pii: webhook policy blocks the answer: off topic"), (record.Outcome, record.Why));
        Assert.Equal(7, record.Use!.InputTokens); // it was paid for
    }

    [Theory]
    [MemberData(nameof(Faces))]
    public async Task Replace_TheCallerGetsTheOtherText(string path, bool stream)
    {
        await using var guard = await GuardPeer.StartAsync(Replaces(0, "other words"));
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("some words"));
        await using var gateway = await StartAsync(Answers(guard), upstream);

        var (status, body) = await gateway.AskAsync(Ask(path, stream), path);

        Assert.Equal((200, "other words"), (status, Text(path, stream, body)));
        Assert.DoesNotContain("some", body, StringComparison.Ordinal);
        Assert.Equal("guardrail pii: webhook policy replaces 1 texts of the answer", (await gateway.Calls.NextAsync()).Why);
    }

    [Theory]
    [MemberData(nameof(Faces))]
    public async Task Values_ThatWereTokenised_AreNotShownToIt_AndComeBackToTheCaller(string path, bool stream)
    {
        await using var guard = await GuardPeer.StartAsync(Replaces(0, "dear [email_1], no [email]"));
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("to [email_1], cc amy@y.org"));
        await using var gateway = await StartAsync(Answers(guard, detect: Email(GuardAction.Tokenise)), upstream);

        var (_, body) = await gateway.AskAsync(Ask(path, stream).Replace("hi", "I am bob@x.org", StringComparison.Ordinal), path);

        Assert.Equal("to [email_1], cc [email]", (string)guard.Questions[0]["segments"]![0]!["text"]!);
        Assert.Equal("dear bob@x.org, no [email]", Text(path, stream, body));
    }

    [Fact]
    public async Task Original_SeesWhatTheModelSaid()
    {
        await using var guard = await GuardPeer.StartAsync(Allows);
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("cc amy@y.org"));
        await using var gateway = await StartAsync(Answers(guard, h => h with { Original = true }, Email(GuardAction.Mask)), upstream);

        var (_, body) = await gateway.AskAsync(Chat("hi"));

        Assert.Equal("cc amy@y.org", (string)guard.Questions[0]["segments"]![0]!["text"]!);
        Assert.Equal("cc [email]", Text(Chats, false, body));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tools_TheirArgumentsAreData_AndOthersMayTakeTheirPlace(bool stream)
    {
        const string call = """{"index":0,"id":"t1","type":"function","function":{"name":"pay","arguments":"{\"to\":\"a\"}"}}""";
        await using var guard = await GuardPeer.StartAsync(Replaces(0, """{"to":"b"}"""));
        await using var upstream = await ChatUpstream.StartAsync(stream
            ? Streams(Role, $$"""data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"tool_calls":[{{call}}]},"finish_reason":null}]}""" + "\n\n", Stop.Replace("\"stop\"", "\"tool_calls\"", StringComparison.Ordinal), Done)
            : Json(200, $$"""{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{{call}}]},"finish_reason":"tool_calls"}]}"""));
        await using var gateway = await StartAsync(Answers(guard), upstream);

        var (_, body) = await gateway.AskAsync(Chat("hi", stream));

        Assert.Contains("""{\"to\":\"b\"}""", body.Replace("\\u0022", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("\\\"a\\\"", body.Replace("\\u0022", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Failure_Blocks_OtherTargetsAndFallbacksAreNotAsked_AndTheTargetIsNotSuspected(bool stream)
    {
        await using var guard = await GuardPeer.StartAsync(GuardPeer.Says("oops", 500));
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("some words"));
        await using var second = await ChatUpstream.StartAsync(ChatUpstream.Says("others"));
        var document = Document(Answers(guard), m => m with { Fallbacks = new FallbacksConfig { Errors = ["other"] } }, ModelSetup.Provider("p1", upstream.Address), ModelSetup.Provider("p2", second.Address));
        await using var gateway = await TestGateway.StartAsync(Config.Document([.. document.Resources, ModelSetup.Model("other", new ModelConfig { Targets = [new TargetConfig { Provider = "p2", Model = "m" }] })]));

        for (var i = 0; i < 8; i++)
        {
            Assert.Equal((503, i + 1, 0), ((await gateway.AskAsync(Chat("hi", stream))).Status, upstream.Calls, second.Calls));
            var record = await gateway.Calls.NextAsync();
            Assert.Equal((CallOutcome.Unavailable, "guardrail pii: webhook policy failed on the answer (it answered 500), blocked", CallOutcome.Unavailable), (record.Outcome, record.Why, record.Attempt(0).Outcome));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Failure_Allows_WhenTheDocumentSaysSo(bool stream)
    {
        await using var guard = await GuardPeer.StartAsync(Silent);
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("some words"));
        await using var gateway = await StartAsync(Answers(guard, h => h with { OnFailure = WebhookFailure.Allow, Deadline = TimeSpan.FromMilliseconds(50) }), upstream);

        var (status, body) = await gateway.AskAsync(Chat("hi", stream));

        Assert.Equal((200, "some words"), (status, Text(Chats, stream, body)));
        Assert.Equal("guardrail pii: webhook policy failed on the answer (no answer within 50 ms), allowed", (await gateway.Calls.NextAsync()).Why);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ItsTime_IsNotTheTargets(bool stream)
    {
        var until = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var guard = await GuardPeer.StartAsync(async context =>
        {
            await until.Task.WaitAsync(context.RequestAborted);
            await Allows(context);
        });
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("some words"));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = time }, Document(
            Answers(guard, h => h with { Deadline = TimeSpan.FromMinutes(1) }),
            m => m with { Timeouts = new ModelTimeoutsConfig { FirstToken = TimeSpan.FromSeconds(1), Idle = TimeSpan.FromSeconds(1), Answer = TimeSpan.FromSeconds(1), Total = TimeSpan.FromMinutes(2) } },
            ModelSetup.Provider("p1", upstream.Address)));
        var asking = gateway.AskAsync(Chat("hi", stream));
        await guard.Asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        time.Advance(TimeSpan.FromSeconds(30));
        until.SetResult();

        var (status, body) = await asking;
        Assert.True(status == 200, body);
        Assert.Equal(("some words", 1), (Text(Chats, stream, body), upstream.Calls));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TheCallerLeaves_TheQuestionIsGivenUp(bool stream)
    {
        await using var guard = await GuardPeer.StartAsync(Silent);
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("some words"));
        await using var gateway = await StartAsync(Answers(guard), upstream);
        using var patience = new CancellationTokenSource();
        using var content = new StringContent(Chat("hi", stream), System.Text.Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        var asking = gateway.Client.PostAsync(Chats, content, patience.Token);
        await guard.Asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        await patience.CancelAsync();

        await guard.Left.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(CallOutcome.ClientCancelled, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Fact]
    public async Task AFallbackAfterARefusal_IsLookedAtAnew()
    {
        await using var guard = await GuardPeer.StartAsync(Blocks("no"), Allows);
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("some words"));
        await using var second = await ChatUpstream.StartAsync(ChatUpstream.Says("better words"));
        var document = Document(Answers(guard), m => m with { RetryContentFilter = true, Fallbacks = new FallbacksConfig { ContentPolicy = ["other"] } }, ModelSetup.Provider("p1", upstream.Address));
        await using var gateway = await TestGateway.StartAsync(Config.Document([.. document.Resources, ModelSetup.Provider("p2", second.Address), ModelSetup.Model("other", new ModelConfig { Targets = [new TargetConfig { Provider = "p2", Model = "m" }] })]));

        var (status, body) = await gateway.AskAsync(Chat("hi"));

        Assert.Equal((200, "better words", 2), (status, Text(Chats, false, body), guard.Questions.Count));
    }

    [Fact]
    public async Task AStreamThatBreaksAfterItsFinish_IsShownAllTheSame()
    {
        await using var guard = await GuardPeer.StartAsync(Allows);
        await using var upstream = RawUpstream.Start(async connection =>
        {
            await connection.ReadUntilAsync("\"x\":1.50"); // the end of the request
            var said = Role + Content("some words") + Stop;
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: {said.Length + 100}\r\n\r\n{said}");
        });
        await using var gateway = await TestGateway.StartAsync(Document(Answers(guard), m => m with { MaxAttempts = 1 }, ModelSetup.Provider("p1", upstream.Address)));

        var (status, body) = await gateway.AskAsync(Chat("hi", stream: true));

        Assert.Equal((200, "some words"), (status, Text(Chats, true, body)));
        Assert.EndsWith(Done, body, StringComparison.Ordinal);
        Assert.Contains("after the end", (await gateway.Calls.NextAsync()).Why, StringComparison.Ordinal);
    }

    private static GuardrailConfig Answers(GuardPeer guard, Func<WebhookConfig, WebhookConfig>? change = null, params DetectConfig[] detect) =>
        guard.Guardrail(h => (change ?? (c => c))(h with { On = GuardDirection.Answer }), detect);

    private static string Ask(string path, bool stream) => path == Anthropic ? Messages("hi", stream) : Chat("hi", stream).Replace(",\"x\":1.50", ",\"stream_options\":{\"include_usage\":true}", StringComparison.Ordinal);

    private static string Text(string path, bool stream, string body)
    {
        if (!stream) return path == Anthropic ? JsonNode.Parse(body)!["content"]![0]!["text"]!.GetValue<string>() : JsonNode.Parse(body)!["choices"]![0]!["message"]!["content"]!.GetValue<string>();
        var events = body.Split('\n').Where(l => l.StartsWith("data: {", StringComparison.Ordinal)).Select(l => JsonNode.Parse(l[6..])!);
        return string.Concat(events.Select(e => path == Anthropic ? e["delta"]?["text"]?.GetValue<string>() : e["choices"] is JsonArray { Count: > 0 } choices ? choices[0]!["delta"]?["content"]?.GetValue<string>() : null));
    }
}
