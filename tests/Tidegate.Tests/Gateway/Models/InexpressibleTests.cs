using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Models;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>What a target cannot express is named as its caller wrote it.</summary>
public sealed class InexpressibleTests
{
    private const string Turn = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    [Theory]
    [InlineData("anthropic", "/v1/chat/completions", "{\"model\":\"fast\",\"n\":3," + Turn + "}", "n")]
    [InlineData("anthropic", "/v1/chat/completions", "{\"model\":\"fast\",\"seed\":1," + Turn + "}", "seed")]
    [InlineData("anthropic", "/v1/chat/completions", "{\"model\":\"fast\",\"presence_penalty\":1," + Turn + "}", "presence_penalty")]
    [InlineData("anthropic", "/v1/chat/completions", "{\"model\":\"fast\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"file:///x\"}}]}]}", "messages[0].content[0]")]
    [InlineData("anthropic", "/v1/chat/completions", "{\"model\":\"fast\",\"choices\":3," + Turn + "}", "choices")] // the caller's own word, in no format
    [InlineData("anthropic", "/v1beta/models/fast:generateContent", """{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"generationConfig":{"presencePenalty":1}}""", "generationConfig.presencePenalty")]
    [InlineData("anthropic", "/api/chat", "{\"model\":\"fast\",\"stream\":false,\"options\":{\"seed\":1}," + Turn + "}", "options.seed")]
    [InlineData("ollama", "/v1/messages", "{\"model\":\"fast\",\"max_tokens\":5,\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}],\"tool_choice\":{\"type\":\"any\"}," + Turn + "}", "tool_choice")]
    [InlineData("ollama", "/v1/responses", "{\"model\":\"fast\",\"input\":\"hi\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"}],\"parallel_tool_calls\":false}", "parallel_tool_calls")]
    public async Task Semantics2_11_TheFieldIsNamedInTheCallersWords(string vendor, string path, string body, string field)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(vendor, upstream);

        var (status, answer) = await gateway.AskAsync(body, path);

        Assert.Equal(400, status);
        var error = JsonNode.Parse(answer)!["error"]!;
        Assert.StartsWith($"{field}: ", (error as JsonObject)?["message"]?.GetValue<string>() ?? error.GetValue<string>(), StringComparison.Ordinal);
        if (path.StartsWith("/v1/chat", StringComparison.Ordinal)) Assert.Equal(field, error["param"]!.GetValue<string>());
    }

    [Fact]
    public async Task Semantics2_11_DroppedFieldsAreNamedInTheCallersWords()
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, """{"id":"m","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"x"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}"""));
        var provider = Provider("p1", upstream.Address);
        provider = provider with { Spec = provider.Spec with { Vendor = "anthropic", Address = upstream.Address, Keys = [new() { Name = "k", Secret = "s" }] } };
        await using var gateway = await TestGateway.StartAsync(Document(m => m with { Inexpressible = InexpressibleMode.Drop }, provider));

        using var answer = await gateway.PostAsync("{\"model\":\"fast\",\"seed\":1,\"x\":2," + Turn + "}");

        Assert.Equal("seed, x", Assert.Single(answer.Headers.GetValues("X-Tidegate-Dropped")));
        Assert.StartsWith("dropped x, seed: ", (await gateway.Calls.NextAsync()).Why, StringComparison.Ordinal);
    }
}
