using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Prompts.PromptSetup;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;

namespace Tidegate.Tests.Gateway.Models.Prompts;

/// <summary>A prompt or a version that there is not: 404 with what there is.</summary>
public sealed class PromptMissingTests
{
    [Theory]
    [InlineData("/v1/prompts/triage/versions/9", "prompt_version_not_found", "The prompt 'triage' has no version '9' here. It has 1, 2.")]
    [InlineData("/v1/prompts/triage/versions/9/openapi.json", "prompt_version_not_found", "The prompt 'triage' has no version '9' here. It has 1, 2.")]
    [InlineData("/v1/prompts/triaje", "prompt_not_found", "There is no prompt 'triaje' here. Did you mean \"triage\"?")]
    [InlineData("/v1/prompts/weather", "prompt_not_found", "There is no prompt 'weather' here.")]
    public async Task Missing_IsToldWithWhatThereIs(string path, string code, string detail)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(Prompt(Version("1"), Version("2")), upstream);

        var (status, body) = await gateway.AskAsync("{}", path);

        var problem = JsonNode.Parse(body)!;
        Assert.Equal((404, code), (status, problem["title"]!.GetValue<string>()));
        Assert.StartsWith(detail, problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(CallOutcome.NoRoute, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Fact]
    public async Task Missing_PromptsOfOthers_AreNotNamed()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(Prompt(Version("1")) with { Consumers = ["app"] }, upstream, null, Config.Consumer("app"));

        foreach (var path in new[] { "/v1/prompts/triaje", "/v1/prompts/triage/versions/9" })
        {
            var (status, body) = await gateway.AskAsync("{}", path);
            Assert.Equal(404, status);
            Assert.DoesNotContain("Did you mean", body, StringComparison.Ordinal);
            Assert.DoesNotContain("It has", body, StringComparison.Ordinal);
        }
    }
}
