using Tidegate.Platform.ConfigStore;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.ConfigStore;

public sealed class DirectorySourceTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();
    private readonly TempDirectory _files = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _files.Dispose();
        return _database.DisposeAsync();
    }

    [Fact]
    public async Task StartAsync_Directory_IsAppliedOnceAndNotAgainWhenItIsTheSame()
    {
        var node = await NodeAsync();
        Directory.CreateDirectory(Path.Combine(_files.Path, "sub", ".hidden"));
        Write("sub/a.yaml", ConfigNode.Good);
        Write("sub/.hidden/b.yaml", "not: read");
        Write("readme.md", "not: read");

        foreach (var _ in new[] { 1, 2 })
        {
            using var source = node.Directory(_files.Path, watch: false);
            await source.StartAsync(Cancel);
            await source.StopAsync(Cancel);
        }

        var revision = Assert.Single(await node.Revisions.ListAsync(null, 10, Cancel));
        Assert.Equal("directory", revision.Author);
    }

    [Fact]
    public async Task Watch_BadThenGood_KeepsServingAndThenApplies()
    {
        var node = await NodeAsync();
        Write("a.yaml", ConfigNode.Good);
        using var source = node.Directory(_files.Path, watch: true);
        await source.StartAsync(Cancel);
        Assert.Equal(1, node.Publisher.Current!.Revision);

        Write("a.yaml", ConfigNode.Good + "\nnonsense\n");
        await UntilAsync(node, () => node.Revisions.Rejected is not null);
        Assert.Equal(1, node.Publisher.Current.Revision);

        Write("a.yaml", ConfigNode.Good.Replace("a:1", "other-host:1", StringComparison.Ordinal));
        // The revision is in force a moment before the refusal is forgotten.
        await UntilAsync(node, () => node.Publisher.Current!.Revision == 2 && node.Revisions.Rejected is null);

        await source.StopAsync(Cancel);
    }

    [Fact]
    public async Task StartAsync_EmptyOrMissingDirectory_LeavesWhatIsInForce()
    {
        var node = await NodeAsync();
        await node.ApplyAsync(ConfigNode.Good);

        foreach (var path in new[] { _files.Path, Path.Combine(_files.Path, "missing") })
        {
            using var source = node.Directory(path, watch: false);
            await source.StartAsync(Cancel);
            await source.StopAsync(Cancel);
        }

        Assert.Equal(1, node.Publisher.Current!.Revision);
        Assert.Equal(2, node.Publisher.Current.Document.Resources.Count);
    }

    [Fact]
    public async Task Watch_FilesBecomeEmpty_LeavesWhatIsInForceAndSaysSo()
    {
        var node = await NodeAsync();
        Write("a.yaml", ConfigNode.Good);
        using var source = node.Directory(_files.Path, watch: true);
        await source.StartAsync(Cancel);

        Write("a.yaml", "");
        await UntilAsync(node, () => node.DirectoryState.Refused is not null);

        Assert.Equal("empty_document", Assert.Single(node.DirectoryState.Refused!.Findings).Code);
        Assert.Equal((1, 2), (node.Publisher.Current!.Revision, node.Publisher.Current.Document.Resources.Count));

        Write("a.yaml", ConfigNode.Good.Replace("a:1", "other-host:1", StringComparison.Ordinal));
        await UntilAsync(node, () => node.DirectoryState.Refused is null);
        Assert.Equal(2, node.Publisher.Current.Revision);
        await source.StopAsync(Cancel);
    }

    [Fact]
    public async Task StartAsync_MissingDirectory_IsShownAsRefused()
    {
        var node = await NodeAsync();
        using var source = node.Directory(Path.Combine(_files.Path, "missing"), watch: false);
        await source.StartAsync(Cancel);
        await source.StopAsync(Cancel);

        Assert.Equal("unreadable", Assert.Single(node.DirectoryState.Refused!.Findings).Code);
    }

    private static async Task UntilAsync(ConfigNode node, Func<bool> holds)
    {
        for (int second = 0; !holds(); second++)
        {
            Assert.True(second < 12_000, "It did not happen within a minute.");
            node.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Cancel); // real files and a real database: only they can be waited for
        }
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_files.Path, name), text);

    private async Task<ConfigNode> NodeAsync() => new(await _database.OpenAsync(), _database.Directory.Path);
}
