using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Callers' keys stand where each vendor's SDK puts them, and never go to a provider.</summary>
public sealed class CredentialTests
{
    private const string Chat = "/v1/chat/completions", Messages = "/v1/messages", Gemini = "/v1beta/models/fast:generateContent", Azure = "/openai/deployments/fast/chat/completions";

    [Theory]
    [InlineData(Chat, "Authorization", "Bearer tg-key", 200)]
    [InlineData(Messages, "x-api-key", "tg-key", 200)]
    [InlineData(Gemini, "x-goog-api-key", "tg-key", 200)]
    [InlineData(Gemini + "?key=tg-key", "X-None", "x", 200)]
    [InlineData(Azure, "api-key", "tg-key", 200)]
    [InlineData(Chat, "Authorization", "Bearer wrong", 401)]
    [InlineData(Gemini, "x-goog-api-key", "wrong", 401)]
    [InlineData(Chat, "api-key", "tg-key", 401)]
    [InlineData("/openai/v1/chat/completions", "api-key", "tg-key", 200)]
    [InlineData("/v1beta/models", "x-goog-api-key", "tg-key", 200)]
    [InlineData("/v1beta/models?key=tg-key", "X-None", "x", 200)]
    [InlineData("/v1beta/models", "x-goog-api-key", "wrong", 401)]
    [InlineData("/v1/models", "x-api-key", "tg-key", 200)]
    [InlineData("/v1beta/models/fast", "x-goog-api-key", "tg-key", 200)]
    [InlineData("/v1beta/models/fast", "x-goog-api-key", "wrong", 401)]
    [InlineData("/v1/models/fast", "x-api-key", "tg-key", 200)]
    public async Task Key_WhereTheVendorsSdkPutsIt(string path, string header, string value, int expected)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("hello"));
        await using var gateway = await TestGateway.StartAsync(
            Config.Document(
                Provider("p1", upstream.Address, "provider-key"), Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m" }] }),
                Config.Consumer("app"), Config.Route("models", new RouteConfig { Models = new ModelsConfig() })),
            Config.Key("k1", "app", "tg-key"));
        var body = path.StartsWith("/v1beta", StringComparison.Ordinal) ? """{"contents":[{"parts":[{"text":"hi"}]}]}""" : """{"model":"fast","max_tokens":5,"messages":[{"role":"user","content":"hi"}]}""";

        using var answer = await (path.Contains("/models", StringComparison.Ordinal) && !path.Contains(':', StringComparison.Ordinal)
            ? gateway.SendAsync(HttpMethod.Get, path, h => h.TryAddWithoutValidation(header, value))
            : gateway.SendAsync(HttpMethod.Post, path, h => h.TryAddWithoutValidation(header, value), new StringContent(body, System.Text.Encoding.UTF8, "application/json")));

        Assert.Equal(expected, (int)answer.StatusCode);
        Assert.All(upstream.Keys, key => Assert.Equal("provider-key", key));
        if (expected == 401) Assert.Contains("\"error\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
