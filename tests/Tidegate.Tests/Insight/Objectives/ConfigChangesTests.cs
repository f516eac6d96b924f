using System.Text.Json.Nodes;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Alerting;
using Tidegate.Platform.ConfigStore;
using Tidegate.Tests.Platform.ConfigStore;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives;

/// <summary>Revisions and overlays are among the changes an alert tells of.</summary>
public sealed class ConfigChangesTests : IAsyncLifetime
{
    private readonly SqliteTestDatabase _database = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Between_RevisionsAndOverlaysOfTheTime_AreToldWithWhoAndWhy()
    {
        var node = new ConfigNode(await _database.OpenAsync(), _database.Directory.Path);
        await node.Publisher.LoadAsync(Cancel);
        var start = node.Time.GetUtcNow();
        await node.ApplyAsync(ConfigNode.Good);
        node.Time.Advance(TimeSpan.FromMinutes(30));
        var over = await OverlayAsync("an experiment", "10m"); // ends before the time
        node.Time.Advance(TimeSpan.FromMinutes(20));
        var shift = await OverlayAsync("orders burn", "1h");
        node.Time.Advance(TimeSpan.FromMinutes(10));
        await node.ApplyAsync(ConfigNode.Good.Replace("a:1", "b:1", StringComparison.Ordinal));
        node.Time.Advance(TimeSpan.FromMinutes(20));
        await OverlayAsync("too late", "1h");
        var changes = new ConfigChanges(node.Revisions, node.Overlays);

        var told = await changes.BetweenAsync(start.AddMinutes(45), start.AddMinutes(75), Cancel);

        Assert.Equal(
            [
                new AlertChange("overlay", shift.Id, start.AddMinutes(50), "ada", "orders burn (Route/orders)"),
                new AlertChange("revision", "2", start.AddMinutes(60), "ada", "because (0 added, 1 changed, 0 removed)"),
            ], told.OrderBy(c => c.At));
        Assert.Equal(["because (2 added, 0 changed, 0 removed)", "an experiment (Route/orders)"], (await changes.BetweenAsync(start, start.AddMinutes(45), Cancel)).OrderBy(c => c.At).Select(c => c.Text));
        Assert.NotEqual(over.Id, shift.Id);

        Task<Overlay> OverlayAsync(string reason, string length) => node.Overlays.CreateAsync(
            new OverlayRequest { Reason = reason, For = length, Patches = new Dictionary<string, JsonNode?> { ["Route/orders"] = JsonNode.Parse("""{"spec":{"order":7}}""") } }, ConfigNode.Ada, Cancel);
    }
}
