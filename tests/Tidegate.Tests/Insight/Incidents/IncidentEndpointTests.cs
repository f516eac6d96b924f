using System.Text.Json.Nodes;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Incidents;

/// <summary>Incidents in a whole node, by its verbs.</summary>
public sealed class IncidentEndpointTests : IAsyncLifetime
{
    private ModelNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await ModelNode.StartAsync();

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Close_OfOneThatIsClosed_KeepsTheNoteAndTheFirstEnd()
    {
        var (_, opened) = await _node.RunAsync("incidents", "open", "orders fail", "-o", "json");
        var id = (string)JsonNode.Parse(opened.Output)!["id"]!;
        Assert.Equal(0, (await _node.RunAsync("incidents", "close", id, "-m", "room was made")).Code);
        var closed = await ShowAsync(id);
        Assert.Equal(["room was made"], Notes(closed));

        Assert.Equal(0, (await _node.RunAsync("incidents", "close", id, "-m", "it was the index")).Code);

        var again = await ShowAsync(id);
        Assert.Equal(["room was made", "it was the index"], Notes(again));
        Assert.Equal((string?)closed["closedAt"], (string?)again["closedAt"]);
        Assert.Equal(0, (await _node.RunAsync("incidents", "close", id)).Code);
        Assert.Equal(2, Notes(await ShowAsync(id)).Count);
        Assert.Equal(7, (await _node.RunAsync("incidents", "close", "inc_77", "-m", "which one?")).Code);
    }

    private static IReadOnlyList<string> Notes(JsonNode incident) => [.. incident["notes"]!.AsArray().Select(n => (string)n!["text"]!)];

    private async Task<JsonNode> ShowAsync(string id) => JsonNode.Parse((await _node.RunAsync("incidents", "show", id, "-o", "json")).Terminal.Output)!["incident"]!;
}
