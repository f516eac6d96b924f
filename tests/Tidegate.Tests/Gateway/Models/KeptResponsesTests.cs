using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Models.Responses;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Responses given before: shown and deleted, by their own consumer, as long as they are kept.</summary>
public sealed class KeptResponsesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Get_ShowsTheResponseAsItWasGiven(bool stream)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("Ahoy"));
        await using var gateway = await StartAsync(upstream);
        var given = await AskAsync(gateway, stream);

        var (status, shown) = await SendAsync(gateway, HttpMethod.Get, (string)given["id"]!);

        Assert.Equal(200, status);
        Assert.Equal(given.ToJsonString(), shown!.ToJsonString());
        Assert.Equal(("response", "Ahoy"), ((string?)shown["object"], (string?)shown["output"]![0]!["content"]![0]!["text"]));
        Assert.Equal(1, upstream.Calls);
        var record = (await gateway.Calls.WaitForAsync(2))[1];
        Assert.Equal((CallOutcome.Ok, "model", null), (record.Outcome, record.Kind, record.Use));
    }

    [Fact]
    public async Task Delete_ForgetsIt_AndNobodyGoesOnWithIt()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("Ahoy"));
        await using var gateway = await StartAsync(upstream);
        var id = (string)(await AskAsync(gateway, false))["id"]!;

        var (status, deleted) = await SendAsync(gateway, HttpMethod.Delete, id);

        Assert.Equal((200, $$"""{"id":"{{id}}","object":"response","deleted":true}"""), (status, deleted!.ToJsonString()));
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Delete]) IsMissing(await SendAsync(gateway, method, id), id);
        using var next = await PostAsync(gateway, $$"""{"model":"fast","previous_response_id":"{{id}}","input":"two"}""");
        Assert.Equal(400, (int)next.StatusCode);
    }

    [Fact]
    public async Task OfAnotherConsumer_OrNeverGiven_IsNotThere_AndStaysWithItsOwner()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("Ahoy"));
        await using var gateway = await StartAsync(upstream);
        var id = (string)(await AskAsync(gateway, false))["id"]!;

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Delete])
        {
            IsMissing(await SendAsync(gateway, method, id, "tg-other"), id);
            IsMissing(await SendAsync(gateway, method, "resp_none"), "resp_none");
        }

        Assert.Equal(200, (await SendAsync(gateway, HttpMethod.Get, id)).Status);
        Assert.Equal(CallOutcome.ClientError, (await gateway.Calls.WaitForAsync(6))[1].Outcome);
    }

    [Fact]
    public async Task AfterAnHour_ItIsGone_AndStreamsAreRefused_AndOtherMethods()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        await using var upstream = await ChatUpstream.StartAsync(Says("Ahoy"));
        await using var gateway = await StartAsync(upstream, time);
        var id = (string)(await AskAsync(gateway, false))["id"]!;

        Assert.Equal(400, (await SendAsync(gateway, HttpMethod.Get, $"{id}?stream=true")).Status);
        using var put = await gateway.SendAsync(HttpMethod.Put, $"/v1/responses/{id}", h => h.TryAddWithoutValidation("Authorization", "Bearer tg-key"));
        Assert.Equal((405, "GET,DELETE"), ((int)put.StatusCode, string.Join(',', put.Content.Headers.Allow)));
        time.Advance(ResponseStore.Lifetime + TimeSpan.FromSeconds(1));
        IsMissing(await SendAsync(gateway, HttpMethod.Get, id), id);
    }

    private static void IsMissing((int Status, JsonNode? Body) answer, string id)
    {
        Assert.Equal((404, "invalid_request_error", "response_not_found"), (answer.Status, (string?)answer.Body!["error"]!["type"], (string?)answer.Body["error"]!["code"]));
        Assert.Contains(id, (string)answer.Body["error"]!["message"]!, StringComparison.Ordinal);
    }

    private static Task<TestGateway> StartAsync(ChatUpstream upstream, TimeProvider? time = null) => TestGateway.StartAsync(
        new TestGateway.Setup { Time = time ?? TimeProvider.System },
        Config.Document(
            Provider("p1", upstream.Address), Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m-p1" }] }),
            Config.Consumer("app"), Config.Consumer("other"), Config.Route("models", new RouteConfig { Models = new ModelsConfig() })),
        Config.Key("k1", "app", "tg-key"), Config.Key("k2", "other", "tg-other"));

    private static async Task<JsonNode> AskAsync(TestGateway gateway, bool stream)
    {
        using var answer = await PostAsync(gateway, $$"""{"model":"fast","input":"one","stream":{{(stream ? "true" : "false")}}}""");
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (!stream) return JsonNode.Parse(text)!;
        return JsonNode.Parse(text.Split('\n').Last(l => l.StartsWith("data:", StringComparison.Ordinal))["data:".Length..])!["response"]!;
    }

    private static Task<HttpResponseMessage> PostAsync(TestGateway gateway, string body) =>
        gateway.SendAsync(HttpMethod.Post, "/v1/responses", h => h.TryAddWithoutValidation("Authorization", "Bearer tg-key"), new StringContent(body, Encoding.UTF8, "application/json"));

    private static async Task<(int Status, JsonNode? Body)> SendAsync(TestGateway gateway, HttpMethod method, string id, string key = "tg-key")
    {
        using var answer = await gateway.SendAsync(method, $"/v1/responses/{id}", h => h.TryAddWithoutValidation("Authorization", $"Bearer {key}"));
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}
