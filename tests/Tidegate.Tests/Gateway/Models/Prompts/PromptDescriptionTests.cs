using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Tidegate.Core.Resources.Prompts;
using Tidegate.Tests.Gateway.Models.Support;
using static Tidegate.Tests.Gateway.Models.Prompts.PromptSetup;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;

namespace Tidegate.Tests.Gateway.Models.Prompts;

/// <summary>The OpenAPI documents of prompts, read by the library of those who made the format for .NET.</summary>
public sealed class PromptDescriptionTests
{
    private static readonly VariableConfig[] EveryType =
    [
        new() { Name = "ticket", Description = "What was written.", Pattern = "^.+$", MaxLength = 10 },
        new() { Name = "urgency", Type = VariableType.Integer, Minimum = 1, Maximum = 3, Default = JsonDocument.Parse("2").RootElement },
        new() { Name = "score", Type = VariableType.Number, Required = false, Minimum = 0.5m },
        new() { Name = "flag", Type = VariableType.Boolean },
        new() { Name = "level", Type = VariableType.Enum, Values = ["low", "high"] },
        new() { Name = "tags", Type = VariableType.Array, Items = VariableType.Enum, Values = ["a"], MaxItems = 4 },
        new() { Name = "customer", Type = VariableType.Object },
    ];

    [Fact]
    public async Task Document_IsOpenApi_AndDescribesVariablesExamplesAnswersAndErrors()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("no"));
        var example = JsonDocument.Parse("""{"ticket":"x","flag":true,"level":"low","tags":[],"customer":{}}""").RootElement;
        var version = Version() with { Variables = EveryType, Output = JsonDocument.Parse(Schema).RootElement, Description = "Shorter.", Examples = [new PromptExampleConfig { Name = "plain", Variables = example }] };
        await using var gateway = await StartAsync(Prompt(version) with { Description = "Sorts tickets." }, upstream);

        var (document, text) = await ReadAsync(gateway, At + "/openapi.json");

        Assert.Equal(("triage", "1", "Sorts tickets."), (document.Info.Title, document.Info.Version, document.Info.Description));
        Assert.Equal("3.1.0", (string?)text["openapi"]);
        var post = document.Paths[At].Operations![HttpMethod.Post];
        Assert.Equal(("triage", "Sorts tickets.", "Shorter."), (post.OperationId, post.Summary, post.Description));
        var request = post.RequestBody!.Content!["application/json"];
        Assert.True(post.RequestBody.Required);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(example.GetRawText()), request.Examples!["plain"].Value));
        var variables = request.Schema!;
        Assert.Equal(["customer", "flag", "level", "tags", "ticket"], variables.Required!.Order(StringComparer.Ordinal));
        Assert.Equal(["customer", "flag", "level", "score", "stream", "tags", "ticket", "urgency"], variables.Properties!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            """{"ticket":{"type":"string","description":"What was written.","maxLength":10,"pattern":"^.\u002B$"},"urgency":{"type":"integer","default":2,"minimum":1,"maximum":3},"score":{"type":"number","minimum":0.5},"flag":{"type":"boolean"},"level":{"type":"string","enum":["low","high"]},"tags":{"type":"array","maxItems":4,"items":{"type":"string","enum":["a"]}},"customer":{"type":"object"},"stream":{"type":"boolean","default":false,"description":"Answer as server-sent events."}}""",
            text["components"]!["schemas"]!["Variables"]!["properties"]!.ToJsonString());
        Assert.False(variables.AdditionalPropertiesAllowed);
        Assert.Equal(["application/json", "text/event-stream"], post.Responses!["200"].Content!.Keys);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Schema), text["components"]!["schemas"]!["Answer"]!["properties"]!["output"]!["anyOf"]![0]));
        Assert.Equal(["200", "400", "401", "403", "413", "429", "502", "503", "504"], post.Responses.Keys);
        Assert.All(post.Responses.Where(r => r.Key != "200"), r => Assert.Equal("application/problem+json", r.Value.Content!.Keys.Single()));
    }

    [Fact]
    public async Task Document_OfAVersion_IsOfItsOwnPath_AndThatOfTheReleasedOneFollowsTheRelease()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("no"));
        var prompt = Prompt(Version("1"), Version("2") with { Canary = 1 });
        await using var gateway = await StartAsync(prompt, upstream);

        var (pinned, _) = await ReadAsync(gateway, At + "/versions/2/openapi.json");
        Assert.Equal(("2", At + "/versions/2"), (pinned.Info.Version, pinned.Paths.Keys.Single()));
        Assert.Equal("1", (await ReadAsync(gateway, At + "/openapi.json")).Document.Info.Version);
        gateway.Apply(Document(prompt with { Release = "2" }, upstream));
        var (released, _) = await ReadAsync(gateway, At + "/openapi.json");
        Assert.Equal(("2", At), (released.Info.Version, released.Paths.Keys.Single()));
    }

    [Fact]
    public async Task Answers_HaveEveryKeyThatIsPromised()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("yes"));
        await using var gateway = await StartAsync(Prompt(Version()), upstream);
        var (_, text) = await ReadAsync(gateway, At + "/openapi.json");

        var (_, answer) = await gateway.AskAsync("""{"ticket":"x"}""", At);

        var answered = JsonNode.Parse(answer)!.AsObject();
        Assert.Equal(text["components"]!["schemas"]!["Answer"]!["properties"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal), answered.Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.Equal(text["components"]!["schemas"]!["Answer"]!["properties"]!["usage"]!["properties"]!.AsObject().Select(p => p.Key), answered["usage"]!.AsObject().Select(p => p.Key));
    }

    private static async Task<(OpenApiDocument Document, JsonNode Text)> ReadAsync(Gateway.Support.TestGateway gateway, string path)
    {
        using var answer = await gateway.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((200, "application/json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var result = await OpenApiDocument.LoadAsync(stream, "json", new OpenApiReaderSettings { RuleSet = ValidationRuleSet.GetDefaultRuleSet() }, TestContext.Current.CancellationToken);
        Assert.Empty(result.Diagnostic!.Errors.Select(e => e.ToString()));
        return (result.Document!, JsonNode.Parse(text)!);
    }
}
