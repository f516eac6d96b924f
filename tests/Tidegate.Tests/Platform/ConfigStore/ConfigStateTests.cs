using System.Text;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.ConfigStore.Revisions;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.ConfigStore;

public sealed class ConfigStateOnSqliteTests() : ConfigStateTests(new SqliteTestDatabase(), new SqliteTestDatabase());

public sealed class ConfigStateOnPostgresTests(PostgresServer server) : ConfigStateTests(new PostgresTestDatabase(server), new PostgresTestDatabase(server));

/// <summary>Export and import of revisions and overlays.</summary>
public abstract class ConfigStateTests(TestDatabase database, TestDatabase other) : IAsyncDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await database.DisposeAsync();
        await other.DisposeAsync();
    }

    [Fact]
    public async Task Import_OfAnExport_GivesTheSameHistoryAndIsRun()
    {
        var store = await database.OpenAsync();
        var node = await FilledAsync(store);
        var export = await ExportAsync(store, node);
        var elsewhere = await other.OpenAsync();
        var target = new ConfigNode(elsewhere, other.Directory.Path);
        // What was there is replaced, although its number is the higher one.
        for (int i = 0; i < 4; i++) await target.ApplyAsync(ConfigNode.Good.Replace("a:1", $"host{i}:1", StringComparison.Ordinal));

        await State(elsewhere, target).ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(export)), Cancel);

        Assert.Equal(await node.Revisions.ListAsync(null, 10, Cancel), await target.Revisions.ListAsync(null, 10, Cancel));
        Assert.Equal((await node.Overlays.ListAsync(true, Cancel)).Select(o => (o.Id, o.Reason, o.ExpiresAt)), (await target.Overlays.ListAsync(true, Cancel)).Select(o => (o.Id, o.Reason, o.ExpiresAt)));
        Assert.Equal(2, target.Publisher.Current!.Revision);
        Assert.Equal(node.Publisher.Current!.Overlays, target.Publisher.Current.Overlays);
        Assert.Equal("http://b:1", target.Publisher.Current.Document.Services.Single().Spec.Destinations[0].Address.OriginalString);
        Assert.Empty(await State(elsewhere, target).VerifyAsync(Cancel));
        Assert.Equal(export, await ExportAsync(elsewhere, target));
        Assert.Equal(3, (await target.ApplyAsync(ConfigNode.Good)).Revision.Number);
    }

    [Fact]
    public async Task Import_SameNumberOtherDocument_IsRun()
    {
        var store = await database.OpenAsync();
        var node = new ConfigNode(store, database.Directory.Path);
        await node.ApplyAsync(ConfigNode.Good);
        var export = await ExportAsync(store, node);
        var elsewhere = await other.OpenAsync();
        var target = new ConfigNode(elsewhere, other.Directory.Path);
        await target.ApplyAsync(ConfigNode.Good.Replace("a:1", "other:1", StringComparison.Ordinal));

        await State(elsewhere, target).ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(export)), Cancel);

        Assert.Equal("http://a:1", target.Publisher.Current!.Document.Services.Single().Spec.Destinations[0].Address.OriginalString);
    }

    [Fact]
    public async Task Import_CutOffOrAlteredOrOfAnotherVersion_ReplacesNothing()
    {
        var store = await database.OpenAsync();
        var node = await FilledAsync(store);
        var lines = (await ExportAsync(store, node)).TrimEnd('\n').Split('\n');
        Assert.Equal(5, lines.Length);

        await RefusedAsync([.. lines[..^1]], "cut off");
        await RefusedAsync([.. lines[..3], lines[3][..(lines[3].Length / 2)]], "Line 4");
        await RefusedAsync([lines[0], .. lines[2..]], "follows revision 0");
        await RefusedAsync([.. lines[..3], lines[^1]], "says 3 lines and has 2");
        await RefusedAsync([lines[0].Replace("config-1", "config-2", StringComparison.Ordinal), .. lines[1..]], "expected 'tidegate-config-1'");
        await RefusedAsync([.. lines[1..]], "not a configuration export");
        await RefusedAsync(["{}"], "not a configuration export");
        await RefusedAsync([""], "Line 1");
        await RefusedAsync(["not json"], "Line 1");
        await RefusedAsync([lines[0], lines[1].Replace("\"hash\":\"", "\"hash\":\"0", StringComparison.Ordinal), .. lines[2..]], "hash");
        var damaged = JsonNode.Parse(lines[1])!;
        damaged["revision"]!["document"] = Convert.ToBase64String([1, 2, 3, 4]);
        await RefusedAsync([lines[0], damaged.ToJsonString(), .. lines[2..]], "does not verify");

        async Task RefusedAsync(string[] export, string why)
        {
            var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', export) + "\n"));
            var refused = await Assert.ThrowsAsync<InvalidDataException>(() => State(store, node).ImportAsync(stream, Cancel));
            Assert.Contains(why, refused.Message, StringComparison.Ordinal);
            Assert.Contains("Nothing was replaced", refused.Message, StringComparison.Ordinal);
            Assert.Equal(2, (await node.Revisions.ListAsync(null, 10, Cancel)).Count);
            Assert.Equal(2, node.Publisher.Current!.Revision);
        }
    }

    private async Task<ConfigNode> FilledAsync(StateStore store)
    {
        var node = new ConfigNode(store, database.Directory.Path);
        await node.ApplyAsync(ConfigNode.Good);
        await node.ApplyAsync(ConfigNode.Good.Replace("a:1", "b:1", StringComparison.Ordinal));
        await node.Overlays.CreateAsync(
            new OverlayRequest { Reason = "burn", For = "1h", Patches = new Dictionary<string, JsonNode?> { ["Route/orders"] = JsonNode.Parse("""{"spec":{"order":5}}""") } }, ConfigNode.Ada, Cancel);
        return node;
    }

    private static ConfigState State(StateStore store, ConfigNode node) => new(store, node.Publisher);

    private static async Task<string> ExportAsync(StateStore store, ConfigNode node)
    {
        using var export = new MemoryStream();
        await State(store, node).ExportAsync(export, Cancel);
        return Encoding.UTF8.GetString(export.ToArray());
    }
}
