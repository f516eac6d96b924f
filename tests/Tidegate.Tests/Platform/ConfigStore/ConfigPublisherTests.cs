using System.Text.Json.Nodes;
using Tidegate.Core.Ports;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.ConfigStore.Publishing;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.ConfigStore;

public sealed class ConfigPublisherTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Subscribe_HandlerThrows_ItAndOthersAreToldOfTheNextOne()
    {
        var node = await NodeAsync();
        var (failing, other) = (new List<long>(), new List<long>());
        using var first = node.Publisher.Subscribe(c =>
        {
            failing.Add(c.Revision);
            throw new InvalidOperationException("no");
        });
        using var second = node.Publisher.Subscribe(c => other.Add(c.Revision));

        await node.ApplyAsync(ConfigNode.Good);
        await node.ApplyAsync(ConfigNode.Good.Replace("a:1", "b:1", StringComparison.Ordinal));

        Assert.Equal([1, 2], failing);
        Assert.Equal([1, 2], other);
    }

    [Fact]
    public async Task Subscribe_ManyChanges_ArriveInOrderWithGrowingGenerations()
    {
        var node = await NodeAsync();
        var seen = new List<ActiveConfig>();
        using var subscription = node.Publisher.Subscribe(seen.Add);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => node.ApplyAsync(ConfigNode.Good.Replace("a:1", $"h{i}:1", StringComparison.Ordinal))));
        await node.Publisher.Take([new IssuedKey("k_1", "c", "00", [], null)]);

        Assert.Equal(seen.Select(c => c.Generation).Order(), seen.Select(c => c.Generation));
        Assert.Equal(seen.Select(c => c.Revision).Order(), seen.Select(c => c.Revision));
        Assert.Equal("k_1", seen[^1].Keys.Single().Id);
    }

    [Fact]
    public async Task StartAsync_NeverConfigured_PublishesTheEmptyDocument()
    {
        var node = await NodeAsync();

        await node.Publisher.StartAsync(Cancel);

        Assert.Equal(0, node.Publisher.Current!.Revision);
        Assert.Empty(node.Publisher.Current.Document.Resources);
        await node.Publisher.StopAsync(Cancel);
    }

    [Fact]
    public async Task StartAsync_DatabaseAway_StartsFromLastGoodAloneAndItsOverlaysStillEnd()
    {
        var node = await NodeAsync();
        await node.ApplyAsync(ConfigNode.Good);
        await node.Publisher.Take([new IssuedKey("k_1", "c", "00", ["read"], null)]);
        var overlay = await node.Overlays.CreateAsync(
            new OverlayRequest { Reason = "r", For = "10m", Patches = new Dictionary<string, JsonNode?> { ["Service/orders"] = JsonNode.Parse("""{"spec":{"resilience":{"deadline":"3s"}}}""") } },
            ConfigNode.Ada, Cancel);
        var before = node.Publisher.Current!;

        var alone = new ConfigNode(await _database.CreateAsync(), _database.Directory.Path, node.Time); // never opened
        await alone.Publisher.StartAsync(Cancel);

        var config = alone.Publisher.Current!;
        Assert.Equal(1, config.Revision);
        Assert.True(config.Generation > before.Generation);
        Assert.Equal([overlay.Id], config.Overlays);
        Assert.Equal(TimeSpan.FromSeconds(3), config.Document.Services.Single().Spec.Resilience.Deadline);
        Assert.Equal((IEnumerable<string>)["read"], config.Keys.Single().Scopes);

        node.Time.Advance(TimeSpan.FromMinutes(10));
        var later = await alone.UntilAsync(c => c.Overlays.Count == 0);
        Assert.Equal(TimeSpan.FromSeconds(30), later.Document.Services.Single().Spec.Resilience.Deadline);
        await alone.Publisher.StopAsync(Cancel);
    }

    [Fact]
    public async Task Read_LastGoodFileBroken_IsAsIfThereWereNone()
    {
        var node = await NodeAsync();
        await node.ApplyAsync(ConfigNode.Good);
        var text = await File.ReadAllTextAsync(node.File.Path, Cancel);

        Assert.Equal(1, node.File.Read()!.Revision.Number);
        foreach (var broken in new[] { "", "{", "[]", "null", "{}", text[..(text.Length / 2)], text.Replace("destinations", "destinatons", StringComparison.Ordinal) })
        {
            await File.WriteAllTextAsync(node.File.Path, broken, Cancel);
            Assert.Null(node.File.Read());
        }
    }

    [Fact]
    public async Task Write_LastGoodFile_IsReadableByItsOwnerOnly()
    {
        var node = await NodeAsync();
        await node.ApplyAsync(ConfigNode.Good);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(node.File.Path));
        Assert.False(File.Exists(node.File.Path + ".tmp"));
    }

    [Fact]
    public async Task StartAsync_DatabaseIsNew_GoesOnWithTheFile_UntilSomethingIsApplied()
    {
        var before = await NodeAsync();
        await before.ApplyAsync(ConfigNode.Good.Replace("a:1", "old:1", StringComparison.Ordinal));
        await before.ApplyAsync(ConfigNode.Good);
        await before.Publisher.Take([new IssuedKey("k_1", "c", "00", [], null)]);
        var file = await File.ReadAllTextAsync(before.File.Path, Cancel);

        await using var empty = new SqliteTestDatabase();
        var node = new ConfigNode(await empty.OpenAsync(), _database.Directory.Path);
        await node.Publisher.Take([]); // the keys of the new database
        await node.Publisher.StartAsync(Cancel);
        await node.Publisher.Take([]);

        Assert.True(node.Publisher.IsOrphan);
        Assert.Contains("revision 2 of last-good.json is in force", Assert.Single(new ConfigHealth(node.Publisher).Problems), StringComparison.Ordinal);
        Assert.Equal((2, 2, "k_1"), (node.Publisher.Current!.Revision, node.Publisher.Current.Document.Resources.Count, node.Publisher.Current.Keys.Single().Id));
        Assert.Equal((JsonNode.Parse(file)!["document"]!.ToJsonString(), 2), (JsonNode.Parse(await File.ReadAllTextAsync(node.File.Path, Cancel))!["document"]!.ToJsonString(), node.Publisher.Current.Revision));

        await node.ApplyAsync(ConfigNode.Good.Replace("a:1", "new:1", StringComparison.Ordinal));

        Assert.False(node.Publisher.IsOrphan);
        Assert.Empty(new ConfigHealth(node.Publisher).Problems);
        Assert.Equal(1, node.Publisher.Current.Revision);
        Assert.Contains("new:1", await File.ReadAllTextAsync(node.File.Path, Cancel), StringComparison.Ordinal);
        await node.Publisher.StopAsync(Cancel);
    }

    [Fact]
    public async Task Execute_DatabaseIsNew_WhatAnotherNodeAppliesIsTaken()
    {
        var before = await NodeAsync();
        for (var port = 1; port <= 3; port++) await before.ApplyAsync(ConfigNode.Good.Replace("a:1", $"a:{port}", StringComparison.Ordinal));
        await using var empty = new SqliteTestDatabase();
        var node = new ConfigNode(await empty.OpenAsync(), _database.Directory.Path);
        await node.Publisher.LoadAsync(Cancel);
        Assert.Equal(3, node.Publisher.Current!.Revision);

        await new ConfigNode(await empty.OpenAsync(), empty.Directory.Path).ApplyAsync(ConfigNode.Good);
        await node.Publisher.LoadAsync(Cancel);

        Assert.Equal((1, false), (node.Publisher.Current.Revision, node.Publisher.IsOrphan));
    }

    [Fact]
    public async Task Execute_ChangeOfAnotherNode_IsFoundByAsking()
    {
        var (node, other) = (await NodeAsync(), await NodeAsync());
        await node.Publisher.StartAsync(Cancel);
        await other.ApplyAsync(ConfigNode.Good);

        var found = node.UntilAsync(c => c.Revision == 1);
        while (!found.IsCompleted) // its timer begins some time after the start has returned
        {
            node.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(10, Cancel);
        }

        Assert.Equal(1, (await found).Revision);
        await node.Publisher.StopAsync(Cancel);
    }

    private async Task<ConfigNode> NodeAsync() => new(await _database.OpenAsync(), _database.Directory.Path);
}
