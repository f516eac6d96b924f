using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Models.Guarding.Webhooks;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Guarding.GuardPeer;
using static Tidegate.Tests.Gateway.Models.Guarding.GuardSetup;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;

namespace Tidegate.Tests.Gateway.Models.Guarding;

/// <summary>Outside guards, asked about requests.</summary>
public sealed class WebhookTests
{
    private const string Chats = "/v1/chat/completions", Anthropic = "/v1/messages";

    [Fact]
    public async Task Allow_TheCallGoesOn_AsItWas()
    {
        await using var guard = await GuardPeer.StartAsync(Allows);
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("fine"));
        await using var gateway = await StartAsync(guard.Guardrail(), upstream);

        Assert.Equal(200, (await gateway.AskAsync(Chat("hi"))).Status);

        Assert.Equal("""{"model":"m-p1","stream":false,"messages":[{"role":"user","content":"hi"}],"x":1.50}""", upstream.Bodies[0]);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Ok, "guardrail pii: webhook policy allows the request"), (record.Outcome, record.Why));
    }

    [Fact]
    public async Task Question_SaysWhatItIsAbout()
    {
        await using var guard = await GuardPeer.StartAsync(Allows);
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("fine"));
        await using var gateway = await TestGateway.StartAsync(
            Config.Document(
                ModelSetup.Provider("p1", upstream.Address), Guardrail("house", guard.Guardrail()), Config.Consumer("app"),
                ModelSetup.Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m" }] }), Config.Route("models", new RouteConfig { Models = new ModelsConfig { Guardrails = ["house"] } })),
            Config.Key("k1", "app", "key-a"));

        using var answer = await gateway.SendAsync(HttpMethod.Post, Anthropic, h => h.TryAddWithoutValidation("Authorization", "Bearer key-a"), new StringContent(
            """{"model":"fast","max_tokens":5,"system":"be kind","messages":[{"role":"user","content":"half \ud83d"},{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"f","input":{"q":"weather"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":""}]}]}""",
            Encoding.UTF8, new MediaTypeHeaderValue("application/json")));

        Assert.Equal(200, (int)answer.StatusCode);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal(
            $$$"""{"callId":"{{{record.Id:N}}}","route":"models","model":"fast","consumer":"app","guardrail":"house","webhook":"policy","direction":"request","segments":[{"kind":"instructions","text":"be kind"},{"kind":"text","text":"half \uFFFD"},{"kind":"data","text":"weather"}]}""",
            Encoding.UTF8.GetString(guard.Raw[0].Body));
        var headers = guard.Raw[0].Headers;
        Assert.Equal(("/check?v=1", "application/json", "tidegate"), (headers[":path"].ToString(), headers.ContentType.ToString(), headers.UserAgent.ToString()));
        Assert.Equal($"{record.Id:N}-request-house-policy", headers["webhook-id"].ToString());
        Assert.False(headers.ContainsKey("webhook-signature"));
        Assert.False(headers.ContainsKey("Authorization"));
    }

    [Theory]
    [InlineData(Chats)]
    [InlineData(Anthropic)]
    public async Task Block_NobodyIsAsked_AndTheCallerIsToldWhy(string path)
    {
        await using var guard = await GuardPeer.StartAsync(Blocks("no secrets\u001b[31m\nplease"));
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("fine"));
        await using var gateway = await StartAsync(guard.Guardrail(), upstream);

        var (status, body) = await gateway.AskAsync(path == Anthropic ? Messages("hi") : Chat("hi"), path);

        var error = JsonNode.Parse(body)!["error"]!;
        Assert.Equal(400, status);
        Assert.StartsWith("The guardrail 'pii' refused the request: no secrets [31m please (", (string)error["message"]!, StringComparison.Ordinal);
        Assert.Equal(0, upstream.Calls);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Forbidden, "guardrail pii: webhook policy blocks the request: no secrets [31m please; guardrail:pii: guardrail_blocked"), (record.Outcome, record.Why));
    }

    [Fact]
    public async Task Replace_TheProviderGetsTheOtherText_AndAllElseByteForByte()
    {
        await using var guard = await GuardPeer.StartAsync(Replaces(1, "say \"less\"\n"));
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("fine"));
        await using var gateway = await StartAsync(guard.Guardrail(), upstream);

        await gateway.AskAsync("""{ "model":"fast", "messages":[{"role":"system","content":"s"},{"role":"user","content":"tell me all"}], "u":[1.50] }""");

        Assert.Equal("""{ "model":"m-p1", "messages":[{"role":"system","content":"s"},{"role":"user","content":"say \"less\"\n"}], "u":[1.50] }""", upstream.Bodies[0]);
        Assert.Equal("guardrail pii: webhook policy replaces 1 texts of the request", (await gateway.Calls.NextAsync()).Why);
    }

    [Theory]
    [InlineData(false, "I am [email_1]")]
    [InlineData(true, "I am bob@x.org")]
    public async Task Original_IsBeforeMasks_ElseAfter(bool original, string seen)
    {
        await using var guard = await GuardPeer.StartAsync(Replaces(0, original ? "I was bob@x.org" : "I was [email_1]"));
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("hello [email_1]"));
        await using var gateway = await StartAsync(guard.Guardrail(h => h with { Original = original }, Email(GuardAction.Tokenise)), upstream);

        var (_, body) = await gateway.AskAsync(Chat("I am bob@x.org"));

        Assert.Equal(seen, (string)guard.Questions[0]["segments"]![0]!["text"]!);
        Assert.Contains("I was [email_1]", upstream.Bodies[0], StringComparison.Ordinal);
        Assert.Contains("hello bob@x.org", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_EachSeesWhatTheOneBeforeHasLeft_AndTheFirstNoEndsIt()
    {
        await using var first = await GuardPeer.StartAsync(Replaces(0, "two"), Blocks("enough"));
        await using var second = await GuardPeer.StartAsync(Allows);
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("fine"));
        await using var gateway = await StartAsync(new GuardrailConfig { Webhooks = [first.Guardrail().Webhooks[0], second.Guardrail(h => h with { Name = "second" }).Webhooks[0]] }, upstream);

        Assert.Equal(200, (await gateway.AskAsync(Chat("one"))).Status);
        Assert.Equal("two", (string)second.Questions[0]["segments"]![0]!["text"]!);
        Assert.Equal("guardrail pii: webhook policy replaces 1 texts of the request; guardrail pii: webhook second allows the request", (await gateway.Calls.NextAsync()).Why);

        Assert.Equal(400, (await gateway.AskAsync(Chat("one"))).Status);
        Assert.Single(second.Questions);
    }

    public static TheoryData<string, string> Failures => new()
    {
        { "slow", "no answer within 50 ms" },
        { "down", "it cannot be reached: ConnectionError" },
        { "500", "it answered 500" },
        { "redirect", "it answered 302" },
        { "204", "it answered 204" },
        { "html", "its answer is no JSON" },
        { "empty", "its answer is no JSON" },
        { "half", "its answer is no JSON" },
        { "cut", "its answer broke off" },
        { "list", "its answer is none of allow, block and replace" },
        { "maybe", "its answer is none of allow, block and replace" },
        { "nothing replaced", "it replaces, and says nothing of what" },
        { "wrong index", "it replaces a segment that is none, or the same one twice" },
        { "twice", "it replaces a segment that is none, or the same one twice" },
        { "surrogate", "its answer is no JSON" },
        { "huge", "its answer is larger than" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Failure_IsAllowedOrBlocked_AsTheDocumentSays(string kind, string reason)
    {
        await using var guard = await GuardPeer.StartAsync(Failing(kind));
        if (kind == "down") await guard.DisposeAsync();
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("fine"));
        var deadline = kind == "slow" ? TimeSpan.FromMilliseconds(50) : TimeSpan.FromSeconds(30);
        await using var blocks = await StartAsync(guard.Guardrail(h => h with { Deadline = deadline }), upstream);
        await using var allows = await StartAsync(guard.Guardrail(h => h with { Deadline = deadline, OnFailure = WebhookFailure.Allow }), upstream);

        var (status, body) = await blocks.AskAsync(Chat("hi"));

        Assert.Equal((503, 0), (status, upstream.Calls));
        Assert.Contains("could not look at the request", body, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", body, StringComparison.Ordinal);
        var refused = await blocks.Calls.NextAsync();
        Assert.Equal(CallOutcome.Unavailable, refused.Outcome);
        Assert.StartsWith($"guardrail pii: webhook policy failed on the request ({reason}", refused.Why, StringComparison.Ordinal);
        Assert.Contains("), blocked; ", refused.Why, StringComparison.Ordinal);

        Assert.Equal(200, (await allows.AskAsync(Chat("hi"))).Status);
        Assert.Equal("""{"model":"m-p1","stream":false,"messages":[{"role":"user","content":"hi"}],"x":1.50}""", upstream.Bodies[0]);
        Assert.EndsWith("), allowed", (await allows.Calls.NextAsync()).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheCallersDeadline_EndsTheWaitingToo()
    {
        await using var guard = await GuardPeer.StartAsync(Silent);
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("fine"));
        await using var gateway = await TestGateway.StartAsync(Document(
            guard.Guardrail(h => h with { Deadline = TimeSpan.FromMinutes(1) }), m => m with { Timeouts = new ModelTimeoutsConfig { Total = TimeSpan.FromMilliseconds(200) } }, ModelSetup.Provider("p1", upstream.Address)));

        Assert.Equal((503, 0), ((await gateway.AskAsync(Chat("hi"))).Status, upstream.Calls));
    }

    [Fact]
    public async Task TheCallerLeaves_TheQuestionIsGivenUp()
    {
        await using var guard = await GuardPeer.StartAsync(Silent);
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("fine"));
        await using var gateway = await StartAsync(guard.Guardrail(), upstream);
        using var patience = new CancellationTokenSource();
        using var content = new StringContent(Chat("hi"), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        var asking = gateway.Client.PostAsync(Chats, content, patience.Token);
        await guard.Asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        await patience.CancelAsync();

        await guard.Left.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal((CallOutcome.ClientCancelled, 0), ((await gateway.Calls.NextAsync()).Outcome, upstream.Calls));
    }

    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("any text will do")]
    public async Task Signature_IsThatOfStandardWebhooks(string secret)
    {
        await using var guard = await GuardPeer.StartAsync(Allows);
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("fine"));
        var setup = new TestGateway.Setup();
        setup.Secrets.Values["${env:GUARD_KEY}"] = secret;
        setup.Secrets.Values["${env:GUARD_TOKEN}"] = "t0ken";
        await using var gateway = await TestGateway.StartAsync(setup, Document(
            guard.Guardrail(h => h with { Secret = "${env:GUARD_KEY}", Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer ${env:GUARD_TOKEN}", ["x-team"] = "a" } }), upstream));

        await gateway.AskAsync(Chat("hi"));

        var (body, headers) = guard.Raw[0];
        Assert.Equal(("Bearer t0ken", "a"), (headers.Authorization.ToString(), headers["x-team"].ToString()));
        var key = secret.StartsWith("whsec_", StringComparison.Ordinal) ? Convert.FromBase64String(secret[6..]) : Encoding.UTF8.GetBytes(secret);
        byte[] told = [.. Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}."), .. body];
        var signed = HMACSHA256.HashData(key, told);
        Assert.Equal($"v1,{Convert.ToBase64String(signed)}", headers["webhook-signature"].ToString());
        Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(long.Parse(headers["webhook-timestamp"]!)), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
    }

    [Fact]
    public void Signature_TheExampleOfTheSpecification()
    {
        using var request = new HttpRequestMessage();

        WebhookSignature.Add(
            request.Headers, "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}"""u8, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", request.Headers.GetValues("webhook-signature").Single());
    }

    [Fact]
    public async Task CachedAnswers_TheGuardSeesEveryRequest()
    {
        await using var guard = await GuardPeer.StartAsync(Allows, Allows, Blocks("not today"));
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("fine"));
        await using var gateway = await TestGateway.StartAsync(Document(guard.Guardrail(), m => m with { Cache = new AnswerCacheConfig { All = true } }, ModelSetup.Provider("p1", upstream.Address)));

        foreach (var expected in (int[])[200, 200, 400])
        {
            Assert.Equal(expected, (await gateway.AskAsync(Chat("hi"))).Status);
            await gateway.Calls.NextAsync();
        }

        Assert.Equal((3, 1), (guard.Questions.Count, upstream.Calls));
    }

    [Fact]
    public async Task Embeddings_TheirTextsAreSeen_AndNumbersAreNone()
    {
        await using var guard = await GuardPeer.StartAsync(Allows);
        await using var upstream = await ChatUpstream.StartAsync(Json(200, """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5]}],"model":"m"}"""));
        await using var gateway = await StartAsync(guard.Guardrail(h => h with { On = GuardDirection.Both }), upstream);

        Assert.Equal(200, (await gateway.AskAsync("""{"model":"fast","input":["one","two"]}""", "/v1/embeddings")).Status);

        Assert.Equal(["one", "two"], guard.Questions.Single()["segments"]!.AsArray().Select(s => (string)s!["text"]!));
    }

    [Fact]
    public async Task Metric_TellsHowLongAndWhat()
    {
        await using var guard = await GuardPeer.StartAsync(Allows, Blocks(""), GuardPeer.Says("x", 500));
        await using var upstream = await ChatUpstream.StartAsync(ChatUpstream.Says("fine"));
        await using var gateway = await StartAsync(guard.Guardrail(), upstream);
        var seen = new List<string>();
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        var meter = gateway.Get<System.Diagnostics.Metrics.Meter>(); // asked for once: instruments of other tests come here, too, also when the gateway is gone
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (ReferenceEquals(instrument.Meter, meter) && instrument.Name == "tidegate_guardrail_webhook_seconds") l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => seen.Add($"{string.Join(',', tags.ToArray().Select(t => t.Value))} {value > 0}"));
        listener.Start();

        for (var i = 0; i < 3; i++) await gateway.AskAsync(Chat("hi"));

        Assert.Equal(["pii,policy,allow True", "pii,policy,block True", "pii,policy,failed True"], seen);
    }

    private static Func<HttpContext, Task> Failing(string kind) => kind switch
    {
        "slow" => Silent,
        "down" => Allows,
        "500" => GuardPeer.Says("""{"decision":"allow"}""", 500),
        "redirect" => context =>
        {
            context.Response.Redirect("/allowed");
            return Task.CompletedTask;
        }
        ,
        "204" => context =>
        {
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        }
        ,
        "html" => GuardPeer.Says("<html>welcome</html>"),
        "empty" => GuardPeer.Says(""),
        "half" => GuardPeer.Says("""{"decision":"al"""),
        "cut" => async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            context.Abort();
        }
        ,
        "list" => GuardPeer.Says("""["allow"]"""),
        "maybe" => GuardPeer.Says("""{"decision":"Allow"}"""),
        "nothing replaced" => GuardPeer.Says("""{"decision":"replace"}"""),
        "wrong index" => Replaces(1, "x"),
        "twice" => GuardPeer.Says("""{"decision":"replace","segments":[{"index":0,"text":"a"},{"index":0,"text":"b"}]}"""),
        "surrogate" => GuardPeer.Says("""{"decision":"replace","segments":[{"index":0,"text":"\ud83d"}]}"""),
        _ => GuardPeer.Says($$"""{"decision":"allow","more":"{{new string('x', 100_000)}}"}"""),
    };
}
