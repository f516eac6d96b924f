using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Models.Responses;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary><c>previous_response_id</c>: conversations are gone on with at any provider, by their own consumer, for an hour.</summary>
public sealed class PreviousResponseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Previous_IsPutBeforeTheInput_AtAProviderThatHasNoResponses(bool stream)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("Ahoy"));
        await using var gateway = await StartAsync(upstream);

        var first = await AskAsync(gateway, $$"""{"model":"fast","input":"one","store":true,"stream":{{(stream ? "true" : "false")}}}""");
        var second = await AskAsync(gateway, $$"""{"model":"fast","previous_response_id":"{{Id(first, stream)}}","input":[{"role":"user","content":"two"}],"instructions":"Be brief."}""");
        await AskAsync(gateway, $$"""{"model":"fast","previous_response_id":"{{Id(second, false)}}","input":"three"}""");

        Assert.Equal(["user:one"], Said(upstream.Bodies[0]));
        Assert.Equal(["system:Be brief.", "user:one", "assistant:Ahoy", "user:two"], Said(upstream.Bodies[1]));
        Assert.Equal(["user:one", "assistant:Ahoy", "user:two", "assistant:Ahoy", "user:three"], Said(upstream.Bodies[2]));
    }

    [Fact]
    public async Task Previous_AtAProviderOfResponses_IsSentWhole_WithoutIdsOfAnother()
    {
        const string Answer = """{"id":"resp_x","object":"response","status":"completed","output":[{"type":"reasoning","id":"rs_1","summary":[]},{"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"e"},{"type":"message","id":"msg_1","role":"assistant","status":"completed","content":[{"type":"output_text","text":"A\ud83d","annotations":[]}]}],"usage":{"input_tokens":1,"output_tokens":1}}""";
        await using var upstream = await ChatUpstream.StartAsync(Json(200, Answer));
        await using var gateway = await StartAsync(upstream, "openai");

        await AskAsync(gateway, """{"model":"fast","input":[ {"role":"user","content":"o\ud83dne"} ]}""");
        await AskAsync(gateway, """{"model":"fast","previous_response_id":"resp_x","input":"two","temperature":1.0}""");

        Assert.Equal(
            """{"input":[{"role":"user","content":"o\ud83dne"},{"type":"reasoning","id":"rs_2","summary":[],"encrypted_content":"e"},{"type":"message","role":"assistant","status":"completed","content":[{"type":"output_text","text":"A\ud83d","annotations":[]}]},{"type":"message","role":"user","content":"two"}],"model":"m-p1","temperature":1.0}""",
            upstream.Bodies[1]);
    }

    [Theory]
    [InlineData("tg-other", """{"model":"fast","input":"one"}""")]
    [InlineData("tg-key", """{"model":"fast","input":"one","store":false}""")]
    public async Task Previous_OfAnotherConsumer_OrNotKept_IsNotFound(string asker, string ask)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("Ahoy"));
        await using var gateway = await StartAsync(upstream);
        var id = Id(await AskAsync(gateway, ask), false);

        var answer = await AskAsync(gateway, $$"""{"model":"fast","previous_response_id":"{{id}}","input":"two"}""", asker, expected: 400);

        var error = JsonNode.Parse(answer)!["error"]!;
        Assert.Equal("previous_response_not_found", error["code"]!.GetValue<string>());
        Assert.Contains(id, error["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(1, upstream.Calls);
    }

    [Fact]
    public void Store_ForgetsAfterAnHour_AndTheOldestFirst()
    {
        var time = new FakeTimeProvider();
        var store = new ResponseStore(time);
        store.Keep("app", "a", [1], []);
        time.Advance(ResponseStore.Lifetime - TimeSpan.FromSeconds(1));
        Assert.True(store.TryFind("app", "a", out _));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(store.TryFind("app", "a", out _));

        for (var i = 0; i < 10; i++) store.Keep("app", $"r{i}", new byte[ResponseStore.MostOfOne], []);
        store.Keep("app", "huge", new byte[ResponseStore.MostOfOne + 1], []);
        store.Keep("other", "r9", [7], []);

        Assert.Equal([false, false, true, true], new[] { "r0", "r1", "r2", "r9" }.Select(id => store.TryFind("app", id, out _)));
        Assert.False(store.TryFind("app", "huge", out _));
        Assert.True(store.TryFind("other", "r9", out var items));
        Assert.Equal([7], items);
    }

    [Fact]
    public void Store_OfManyConsumers_StaysWithinItsLimit()
    {
        var store = new ResponseStore(new FakeTimeProvider());
        var count = (ResponseStore.MostOfAll / ResponseStore.MostOfOne) + 5;
        for (var i = 0; i < count; i++) store.Keep($"c{i}", "r", new byte[ResponseStore.MostOfOne], []);

        Assert.Equal(count - 5, Enumerable.Range(0, count).Count(i => store.TryFind($"c{i}", "r", out _)));
    }

    private static Task<TestGateway> StartAsync(ChatUpstream upstream, string vendor = "openai-compatible")
    {
        var provider = Provider("p1", upstream.Address);
        return TestGateway.StartAsync(
            Config.Document(
                provider with { Spec = provider.Spec with { Vendor = vendor } }, Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m-p1" }] }),
                Config.Consumer("app"), Config.Consumer("other"), Config.Route("models", new RouteConfig { Models = new ModelsConfig() })),
            Config.Key("k1", "app", "tg-key"), Config.Key("k2", "other", "tg-other"));
    }

    private static async Task<string> AskAsync(TestGateway gateway, string body, string key = "tg-key", int expected = 200)
    {
        using var answer = await gateway.SendAsync(HttpMethod.Post, "/v1/responses", h => h.TryAddWithoutValidation("Authorization", $"Bearer {key}"), new StringContent(body, Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(expected == (int)answer.StatusCode, text);
        return text;
    }

    private static string Id(string answer, bool stream)
    {
        if (!stream) return JsonNode.Parse(answer)!["id"]!.GetValue<string>();
        var last = answer.Split('\n').Last(l => l.StartsWith("data:", StringComparison.Ordinal));
        return JsonNode.Parse(last["data:".Length..])!["response"]!["id"]!.GetValue<string>();
    }

    private static IEnumerable<string> Said(string body) =>
        JsonNode.Parse(body)!["messages"]!.AsArray().Select(m => $"{m!["role"]}:{(m["content"] is JsonArray parts ? string.Concat(parts.Select(p => p!["text"])) : m["content"])}");
}
