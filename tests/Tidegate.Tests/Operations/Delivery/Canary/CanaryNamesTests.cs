using Tidegate.Insight.Objectives;
using Tidegate.Operations.Delivery;
using Tidegate.Operations.Delivery.Canary;
using Tidegate.Operations.Delivery.Releasing;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Platform.ConfigStore;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Delivery.Canary;

/// <summary>A comparison that saw nothing, of names that something has, and of mistyped ones.</summary>
public sealed class CanaryNamesTests : IAsyncLifetime
{
    private const string Prompt = """

        ---
        apiVersion: tidegate/v1
        kind: Provider
        metadata: {name: house}
        spec: {vendor: openai-compatible, address: "http://127.0.0.1:9/v1"}
        ---
        apiVersion: tidegate/v1
        kind: Model
        metadata: {name: fast}
        spec: {targets: [{provider: house, model: m}]}
        ---
        apiVersion: tidegate/v1
        kind: Prompt
        metadata: {name: ask}
        spec: {release: "1", versions: [{version: "1", model: fast, messages: [{template: hi}]}, {version: short, model: fast, messages: [{template: hi}]}]}
        """;

    private readonly SqliteTestDatabase _database = new();
    private TestCallLog _calls = null!;
    private RolloutBench _node = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _calls = await TestCallLog.StartAsync();
        _node = await RolloutBench.StartAsync(_database, _calls, "minCalls: 60");
        await _node.Config.ApplyAsync(RolloutBench.Documents("minCalls: 60") + Prompt);
        await _node.Releases.StartAsync(new ReleaseRequest { Service = "elsewhere", Version = "v7" }, ConfigNode.Ada, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        _node.Dispose();
        await _calls.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("v2", "orders", null)] // a branch of its split
    [InlineData("short", "orders", null)] // a prompt
    [InlineData("v7", "orders", null)] // a release
    [InlineData("v7", null, "elsewhere")]
    [InlineData("v2", null, "shop-next")]
    public async Task AssertAsync_WithoutCalls_OfWhatSomethingNames_IsAnAnswer(string canary, string? route, string? service) => Assert.Null(await ProblemAsync(canary, route, service));

    [Theory]
    [InlineData("v2", "order", null, "Route/order", "orders")]
    [InlineData("v2", null, "shop-nxt", "service shop-nxt", "shop-next")]
    [InlineData("shrot", "orders", null, "version shrot", "short")]
    public async Task AssertAsync_WithoutCalls_OfWhatNothingNames_IsRefusedWithWhatMayBeMeant(string canary, string? route, string? service, string resource, string meant)
    {
        var problem = await ProblemAsync(canary, route, service);
        Assert.Equal((404, resource), (problem?.Status, problem?.Resource));
        Assert.Contains($"Did you mean \"{meant}\"?", problem!.Detail + problem.Action, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AssertAsync_CallsOfARouteThatIsGone_AreAnAnswer()
    {
        await _node.CallsAsync(10, 10);
        await _node.Config.ApplyAsync(ConfigNode.Good);
        Assert.Null(await ProblemAsync("v2", "orders", null));
        Assert.Equal("version v22", (await ProblemAsync("v22", "orders", null))?.Resource);
    }

    private async Task<Problem?> ProblemAsync(string canary, string? route, string? service)
    {
        _calls.Time.Advance(TimeSpan.FromSeconds(1));
        var request = new CanaryRequest { Canary = canary, Route = route, Service = service };
        var names = new CanaryNames(_node.Config.Publisher, new KnownServices(_node.Config.Publisher, [new ReleasedServices(_node.Releases)]), _node.Releases);
        var report = await new CanaryAnalysis(_calls.Store, _calls.Time).CompareAsync(request, Cancel);
        return (await Record.ExceptionAsync(() => names.AssertAsync(request, report, Cancel)) as ProblemException)?.Problem;
    }
}
