using Microsoft.Extensions.DependencyInjection;
using Tidegate.Catalogue;
using Tidegate.Cli;
using Tidegate.Models.Catalogue;
using Tidegate.Tests.Cli;
using Tidegate.Tests.Support;
using Tidegate.Verbs;

namespace Tidegate.Tests.Catalogue;

/// <summary>The catalogue over the admin port, asked by the verbs.</summary>
public sealed class CatalogueModuleTests : IAsyncLifetime
{
    private const string Other = """{"schema":"tidegate-models/1","asOf":"2026-10-01","currency":"EUR","models":[{"vendor":"openai","name":"house-model","context":8000,"price":{"input":1.5,"output":3}}]}""";

    private readonly SqliteTestDatabase _database = new();
    private TestAdmin _admin = null!;

    public async ValueTask InitializeAsync() => _admin = await TestAdmin.StartAsync(_database, TimeProvider.System, new CatalogueModule());

    public async ValueTask DisposeAsync()
    {
        await _admin.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task List_Filters_AreApplied()
    {
        var (code, terminal) = await RunAsync("models", "list", "mini", "--vendor", "openai", "--ability", "tools");

        Assert.Equal((ExitCode.Ok, ""), (code, terminal.Errors));
        Assert.Contains("gpt-4o-mini", terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("gpt-4.1-nano", terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("anthropic", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Json_HasAllOfThem()
    {
        var (_, terminal) = await RunAsync("models", "list", "-o", "json");

        var models = System.Text.Json.Nodes.JsonNode.Parse(terminal.Output)!.AsArray();
        Assert.Equal(new CatalogueSource().Current.Models.Count, models.Count);
        Assert.True(models.Count >= 400);
    }

    [Fact]
    public async Task Show_AnyName_ShowsAllThatIsKnown()
    {
        var (code, terminal) = await RunAsync("models", "show", "gemini/gemini-2.5-pro");

        Assert.Equal((ExitCode.Ok, ""), (code, terminal.Errors));
        foreach (var text in (string[])["1,048,576 tokens", "as of 2026-09-23", "1.25 USD per million tokens", "above 200,000", "2.5 in, 15 out"]) Assert.Contains(text, terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_ModelWithSlashes_IsFound()
    {
        var (code, terminal) = await RunAsync("models", "show", "openrouter/openai/gpt-4o-mini");

        Assert.Equal((ExitCode.Ok, ""), (code, terminal.Errors));
    }

    [Fact]
    public async Task Show_UnknownPrice_SaysSo()
    {
        await RefreshAsync("""{"schema":"tidegate-models/1","asOf":"2026-10-01","currency":"EUR","models":[{"vendor":"openai","name":"m"}]}""");

        var (_, terminal) = await RunAsync("models", "show", "openai/m");

        Assert.Contains("unknown: calls have no cost", terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(" 0 ", terminal.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai/gpt-9-nothing", ExitCode.NotFound)]
    [InlineData("gpt-4o", ExitCode.Usage)]
    public async Task Show_Unknown_SaysHow(string model, int expected)
    {
        var (code, terminal) = await RunAsync("models", "show", model);

        Assert.Equal(expected, code);
        Assert.NotEmpty(terminal.Errors);
    }

    [Fact]
    public async Task Refresh_AnotherFile_HoldsAtOnce_AndBack()
    {
        var source = _admin.Services.GetRequiredService<CatalogueSource>();
        var own = source.Current.Models.Count;

        var (code, terminal) = await RefreshAsync(Other);

        Assert.Equal((ExitCode.Ok, ""), (code, terminal.Errors));
        Assert.Equal((1, "EUR"), (source.Current.Models.Count, source.Current.Find("openai", "house-model")!.Price!.Currency));
        var audit = await _admin.Admin().GetAsJsonAsync("audit");
        Assert.Equal(("models.refresh", "\"2026-09-23\"", "\"2026-10-01\""), ((string?)audit.Body!["items"]![0]!["action"], audit.Body["items"]![0]!["before"]!.ToJsonString(), audit.Body["items"]![0]!["after"]!.ToJsonString()));

        Assert.Equal(ExitCode.Ok, (await RunAsync("models", "refresh", "--own")).Code);
        Assert.Equal(own, source.Current.Models.Count);
    }

    [Fact]
    public async Task Refresh_WhatIsNoCatalogue_IsRefusedAndChangesNothing()
    {
        var source = _admin.Services.GetRequiredService<CatalogueSource>();

        var (code, terminal) = await RefreshAsync(Other.Replace("1.5", "-1", StringComparison.Ordinal));

        Assert.NotEqual(ExitCode.Ok, code);
        Assert.Contains("models[0]: input: -1", terminal.Errors, StringComparison.Ordinal);
        Assert.Equal((0, false), (source.Version, source.IsOther));
    }

    private Task<(int Code, FakeTerminal Terminal)> RefreshAsync(string file) => RunAsync(file, ["models", "refresh", "-"]);

    private Task<(int Code, FakeTerminal Terminal)> RunAsync(params string[] words) => RunAsync(input: "", words);

    private async Task<(int Code, FakeTerminal Terminal)> RunAsync(string input, string[] words)
    {
        var terminal = new FakeTerminal { Variables = { ["TIDEGATE_ADDRESS"] = _admin.Address.GetLeftPart(UriPartial.Authority), ["TIDEGATE_TOKEN"] = _admin.First!.Token }, In = new StringReader(input) };
        using var network = Network.Handler();
        return (await new CommandLine(terminal, network, TimeProvider.System, VerbList.Groups).RunAsync(words, TestContext.Current.CancellationToken), terminal);
    }
}
