using System.Text.Json.Nodes;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.ConfigStore;

public sealed class OverlayStoreOnSqliteTests() : OverlayStoreTests(new SqliteTestDatabase());

public sealed class OverlayStoreOnPostgresTests(PostgresServer server) : OverlayStoreTests(new PostgresTestDatabase(server));

public abstract class OverlayStoreTests(TestDatabase database) : IAsyncDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    [Fact]
    public async Task CreateAsync_Overlay_HoldsUntilItsExpiryAndThenVanishes()
    {
        var node = await NodeAsync();

        var overlay = await node.Overlays.CreateAsync(Deadline("3s", "30m"), ConfigNode.Ada, Cancel);
        Assert.Equal(TimeSpan.FromSeconds(3), Deadline(node));
        Assert.Equal([overlay.Id], node.Publisher.Current!.Overlays);

        node.Time.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(TimeSpan.FromSeconds(3), Deadline(node));
        node.Time.Advance(TimeSpan.FromMinutes(1));
        await node.UntilAsync(c => c.Overlays.Count == 0);

        Assert.Equal(TimeSpan.FromSeconds(30), Deadline(node));
        Assert.Equal(1, node.Publisher.Current!.Revision); // it was never a revision
        Assert.Empty(await node.Overlays.ListAsync(all: false, Cancel));
        Assert.Equal("stop the bleeding", Assert.Single(await node.Overlays.ListAsync(all: true, Cancel)).Reason);
    }

    [Fact]
    public async Task RevokeAsync_LiveOverlay_IsGoneOnEveryNode()
    {
        var (node, other) = (await NodeAsync(), new ConfigNode(await database.OpenAsync(), database.Directory.Path));
        var overlay = await node.Overlays.CreateAsync(Deadline("3s", "1h"), ConfigNode.Ada, Cancel);
        await other.Publisher.LoadAsync(Cancel);
        Assert.Equal([overlay.Id], other.Publisher.Current!.Overlays);

        Assert.True(await node.Overlays.RevokeAsync(overlay.Id, ConfigNode.Ada, Cancel));
        Assert.False(await node.Overlays.RevokeAsync(overlay.Id, ConfigNode.Ada, Cancel));
        await other.Publisher.LoadAsync(Cancel);

        Assert.Empty(node.Publisher.Current!.Overlays);
        Assert.Empty(other.Publisher.Current!.Overlays);
    }

    [Fact]
    public async Task CreateOnceAsync_TheSameKeyAgain_IsTheSameOverlayEvenWhenItWasTakenBack()
    {
        var node = await NodeAsync();
        var first = await node.Overlays.CreateOnceAsync("k", Deadline("3s", "30m"), ConfigNode.Ada, Cancel);
        await node.Overlays.RevokeAsync(first.Id, ConfigNode.Ada, Cancel);

        var again = await node.Overlays.CreateOnceAsync("k", Deadline("4s", "30m"), ConfigNode.Ada, Cancel);
        var other = await node.Overlays.CreateOnceAsync("l", Deadline("4s", "30m"), ConfigNode.Ada, Cancel);

        Assert.Equal((first.Id, false), (again.Id, again.RevokedAt is null));
        Assert.Equal((OverlayStore.IdOf("l"), true), (other.Id, other.Id != first.Id));
        Assert.Equal(2, await node.Overlays.CountAsync("ada", node.Time.GetUtcNow().AddHours(-1), Cancel));
        Assert.Equal(0, await node.Overlays.CountAsync("bob", node.Time.GetUtcNow().AddHours(-1), Cancel));
        Assert.Null(await node.Overlays.FindAsync("o_none", Cancel));
    }

    [Theory]
    [InlineData("Service/orders", """{"spec":{"resilience":{"deadline":"never"}}}""", "30m", 422, "wrong_type")]
    [InlineData("Service/orders", """{"spec":{"resilience":{"fallback":{"service":"nothing"}}}}""", "30m", 422, "unknown_reference")]
    [InlineData("Route/orders", """{"spec":{"rewrite":{"requestHeaders":{"set":{"Authorization":"${env:TIDEGATE_NO_SUCH_THING}"}}}}}""", "30m", 422, "secret_not_found")]
    [InlineData("Service/other", """{"spec":{}}""", "30m", 422, "unknown_reference")]
    [InlineData("Service/orders", """{"kind":"Route"}""", "30m", 422, "bad_patch")]
    [InlineData("Service/orders", """{"metadata":{"name":"x"}}""", "30m", 422, "bad_patch")]
    [InlineData("Service/orders", "null", "30m", 422, "bad_patch")]
    [InlineData("Service/orders", """{"metadata":"x"}""", "30m", 422, "bad_patch")]
    [InlineData("Service/orders", """{"metadata":[1]}""", "30m", 422, "bad_patch")]
    [InlineData("Service/orders", "{}", "30m", 422, "no_patch")]
    [InlineData("Service/orders", """{"spec":{"resilience":{}}}""", "30m", 422, "no_patch")]
    [InlineData("Service/orders", """{"spec":{}}""", "forever", 400, null)]
    [InlineData("Service/orders", """{"spec":{}}""", "31d", 400, null)]
    public async Task CreateAsync_BadOverlay_IsRefusedWithFindings(string id, string patch, string time, int status, string? code)
    {
        var node = await NodeAsync();
        var request = new OverlayRequest { Reason = "r", For = time, Patches = new Dictionary<string, JsonNode?> { [id] = JsonNode.Parse(patch) } };

        var refused = await Assert.ThrowsAsync<ProblemException>(() => node.Overlays.CreateAsync(request, ConfigNode.Ada, Cancel));

        Assert.Equal(status, refused.Problem.Status);
        if (code is not null) Assert.Contains(refused.Problem.Findings!, f => f.Code == code);
        Assert.Empty(await node.Overlays.ListAsync(all: true, Cancel));
    }

    [Fact]
    public async Task Publish_OverlayWhoseTargetVanished_IsSkippedAndSaysSo()
    {
        var node = await NodeAsync();
        var overlay = await node.Overlays.CreateAsync(Deadline("3s", "1h"), ConfigNode.Ada, Cancel);

        await node.ApplyAsync("apiVersion: tidegate/v1\nkind: Consumer\nmetadata: { name: c }");

        Assert.Empty(node.Publisher.Current!.Overlays);
        Assert.Contains("Service/orders", node.Overlays.Skipped[overlay.Id], StringComparison.Ordinal);
        await node.ApplyAsync(ConfigNode.Good);
        Assert.Equal([overlay.Id], node.Publisher.Current.Overlays);
        Assert.Empty(node.Overlays.Skipped);
    }

    private static OverlayRequest Deadline(string deadline, string time) => new()
    {
        Reason = "stop the bleeding",
        For = time,
        Patches = new Dictionary<string, JsonNode?> { ["Service/orders"] = JsonNode.Parse("{\"spec\":{\"resilience\":{\"deadline\":\"" + deadline + "\"}}}") },
    };

    private static TimeSpan Deadline(ConfigNode node) => node.Publisher.Current!.Document.Services.Single().Spec.Resilience.Deadline;

    private async Task<ConfigNode> NodeAsync()
    {
        var node = new ConfigNode(await database.OpenAsync(), database.Directory.Path);
        await node.ApplyAsync(ConfigNode.Good);
        return node;
    }
}
