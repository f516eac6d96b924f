using System.Text.Json.Nodes;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Budgets;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Google's SDKs read status and wait from the body: they are those of the answer.</summary>
public sealed class GeminiErrorTests
{
    private const string Path = "/v1beta/models/fast:generateContent";
    private const string Hi = """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""";

    [Theory]
    [InlineData(400, "INVALID_ARGUMENT")]
    [InlineData(404, "NOT_FOUND")]
    [InlineData(408, "DEADLINE_EXCEEDED")]
    [InlineData(409, "ABORTED")]
    [InlineData(413, "INVALID_ARGUMENT")]
    [InlineData(422, "INVALID_ARGUMENT")]
    [InlineData(429, "RESOURCE_EXHAUSTED")]
    [InlineData(500, "INTERNAL")]
    [InlineData(501, "UNIMPLEMENTED")]
    [InlineData(503, "UNAVAILABLE")]
    [InlineData(504, "DEADLINE_EXCEEDED")]
    [InlineData(529, "UNAVAILABLE")]
    public async Task Translated_CodeIsTheStatus_AndTheWordFits(int status, string word)
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(status));
        await using var gateway = await StartAsync(m => m with { MaxAttempts = 1 }, upstream);

        var (told, body) = await gateway.AskAsync(Hi, Path);

        var error = JsonNode.Parse(body)!["error"]!;
        Assert.Equal((status, status, word), (told, error["code"]!.GetValue<int>(), error["status"]!.GetValue<string>()));
    }

    [Fact]
    public async Task WrongMethod_CodeIsTheStatus()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(upstream);

        using var answer = await gateway.GetAsync(Path);

        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"]!;
        Assert.Equal((405, 405, "UNIMPLEMENTED"), ((int)answer.StatusCode, error["code"]!.GetValue<int>(), error["status"]!.GetValue<string>()));
    }

    [Fact]
    public async Task RateLimit_OfAnotherFormat_TheWaitInTheBodyIsThatOfTheHeader()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(429, headers: ("Retry-After", "30")));
        await using var gateway = await StartAsync(m => m with { MaxAttempts = 1 }, upstream);

        using var answer = await gateway.PostAsync(Hi, Path);

        await SameWaitAsync(answer);
    }

    [Theory]
    [InlineData("12.5s")]
    [InlineData("3000s")] // longer than is believed: both say what is waited for
    public async Task RateLimit_OfTheSameFormat_TheWaitInTheBodyIsThatOfTheHeader(string wait)
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(429, $$$"""{"error":{"code":429,"message":"q","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"{{{wait}}}"}]}}"""));
        var provider = Provider("p1", upstream.Address);
        await using var gateway = await TestGateway.StartAsync(Document(m => m with { MaxAttempts = 1 }, provider with { Spec = provider.Spec with { Vendor = "gemini", Address = upstream.Address, Keys = [new() { Name = "k", Secret = "s" }] } }));

        using var answer = await gateway.PostAsync(Hi, Path);

        await SameWaitAsync(answer);
    }

    [Fact]
    public async Task Budget_TheWaitInTheBodyIsThatOfTheHeader()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x", input: 70, output: 30));
        var budget = new Resource<BudgetConfig> { ApiVersion = "tidegate/v1", Kind = "Budget", Metadata = new ResourceMetadata { Name = "b" }, Spec = new BudgetConfig { Window = BudgetWindow.Day, Tokens = 120 } };
        var model = new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m" }] };
        await using var gateway = await TestGateway.StartAsync(Config.Document([Provider("p1", upstream.Address), Model("fast", model), budget, Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone })]));
        const string Ask = """{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"generationConfig":{"maxOutputTokens":50}}""";

        Assert.Equal(200, (await gateway.AskAsync(Ask, Path)).Status);
        await gateway.Calls.NextAsync();
        using var answer = await gateway.PostAsync(Ask, Path);

        await SameWaitAsync(answer);
    }

    private static async Task SameWaitAsync(HttpResponseMessage answer)
    {
        Assert.Equal(429, (int)answer.StatusCode);
        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"]!;
        var delay = Assert.Single(error["details"]!.AsArray())!["retryDelay"]!.GetValue<string>();
        Assert.Equal(double.Parse(answer.Headers.GetValues("Retry-After").Single(), System.Globalization.CultureInfo.InvariantCulture), Math.Ceiling(double.Parse(delay.TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture)));
    }
}
