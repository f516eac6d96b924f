using Tidegate.Core.Resources;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.ConfigStore;

public sealed class RevisionStoreOnSqliteTests() : RevisionStoreTests(new SqliteTestDatabase());

public sealed class RevisionStoreOnPostgresTests(PostgresServer server) : RevisionStoreTests(new PostgresTestDatabase(server));

public abstract class RevisionStoreTests(TestDatabase database) : IAsyncDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    [Fact]
    public async Task ApplyAsync_BadThenGood_KeepsOldAndThenTakesNew()
    {
        var node = await NodeAsync();
        await node.ApplyAsync(ConfigNode.Good);

        var refused = await Assert.ThrowsAsync<ProblemException>(() => node.ApplyAsync("kind: [\n"));
        Assert.Equal(422, refused.Problem.Status);
        Assert.Equal("syntax", Assert.Single(refused.Problem.Findings!).Code);
        Assert.Equal(1, node.Publisher.Current!.Revision);
        Assert.Equal("syntax", node.Revisions.Rejected!.Findings[0].Code);

        var applied = await node.ApplyAsync(ConfigNode.Good.Replace("a:1", "b:1", StringComparison.Ordinal));
        Assert.Equal(2, applied.Revision.Number);
        Assert.Equal(2, node.Publisher.Current!.Revision);
        Assert.Equal("http://b:1", node.Publisher.Current.Document.Services.Single().Spec.Destinations[0].Address.OriginalString);
        Assert.Null(node.Revisions.Rejected);
    }

    [Fact]
    public async Task ApplyAsync_Returned_IsThereForTheNextProcess()
    {
        var node = await NodeAsync();
        var applied = await node.ApplyAsync(ConfigNode.Good);

        var next = await NodeAsync();
        await next.Publisher.LoadAsync(Cancel);

        Assert.Equal(applied.Revision, await next.Revisions.FindAsync(1, Cancel));
        Assert.Equal("ada", applied.Revision.Author);
        Assert.Equal("because", applied.Revision.Message);
        Assert.Equal("2 added, 0 changed, 0 removed", applied.Revision.Summary);
        Assert.Equal(["Route/orders", "Service/orders"], next.Publisher.Current!.Document.Resources.Select(r => r.Id));
    }

    [Fact]
    public async Task ApplyAsync_HandlerIsCalled_AfterTheRevisionIsDurable()
    {
        var node = await NodeAsync();
        Revision? seen = null;
        using var subscription = node.Publisher.Subscribe(_ => seen = OtherNodeFind().GetAwaiter().GetResult());

        await node.ApplyAsync(ConfigNode.Good);

        Assert.Equal(1, seen?.Number);

        // Another connection sees only what has been committed.
        async Task<Revision?> OtherNodeFind() => await (await NodeAsync()).Revisions.FindAsync(1, CancellationToken.None);
    }

    [Fact]
    public async Task ApplyAsync_StaleParent_IsAConflictNamingBothRevisions()
    {
        var node = await NodeAsync();
        await node.ApplyAsync(ConfigNode.Good, parent: 0);
        await node.ApplyAsync(ConfigNode.Good + "\n---\napiVersion: tidegate/v1\nkind: Consumer\nmetadata: { name: c }", parent: 1);

        var refused = await Assert.ThrowsAsync<ProblemException>(() => node.ApplyAsync(ConfigNode.Good, parent: 1));

        Assert.Equal((409, "revision_conflict"), (refused.Problem.Status, refused.Problem.Code));
        Assert.Contains("revision 1", refused.Problem.Detail, StringComparison.Ordinal);
        Assert.Contains("revision 2", refused.Problem.Detail, StringComparison.Ordinal);
        Assert.Equal(2, node.Publisher.Current!.Revision);
    }

    [Fact]
    public async Task ApplyAsync_SameDocument_MakesNoRevision()
    {
        var node = await NodeAsync();
        await node.ApplyAsync(ConfigNode.Good);

        var again = await node.ApplyAsync("# a comment\n" + ConfigNode.Good);

        Assert.False(again.Changed);
        Assert.Equal(1, again.Revision.Number);
    }

    [Fact]
    public async Task ApplyAsync_Partial_KeepsWhatIsNotNamed()
    {
        var node = await NodeAsync();
        await node.ApplyAsync(ConfigNode.Good);

        var candidate = ConfigNode.Candidate("apiVersion: tidegate/v1\nkind: Consumer\nmetadata: { name: c }") with { Partial = true };
        var applied = await node.Revisions.ApplyAsync(candidate, ConfigNode.Ada, Cancel);

        Assert.Equal("1 added, 0 changed, 0 removed", applied.Revision.Summary);
        Assert.Equal(3, node.Publisher.Current!.Document.Resources.Count);
    }

    [Fact]
    public async Task ApplyAsync_ManyAtOnceOnTwoNodes_MakesAnUnbrokenChain()
    {
        var (a, b) = (await NodeAsync(), await NodeAsync());
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? a : b).ApplyAsync(ConfigNode.Good.Replace("a:1", $"host{i}:1", StringComparison.Ordinal))));

        var revisions = await a.Revisions.ListAsync(null, 100, Cancel);

        Assert.Equal([6, 5, 4, 3, 2, 1], revisions.Select(r => r.Number));
        Assert.All(revisions, r => Assert.Equal(r.Number - 1, r.Parent));
        await b.Publisher.LoadAsync(Cancel);
        Assert.Equal(6, b.Publisher.Current!.Revision);
    }

    [Fact]
    public async Task PlanAsync_Candidate_ShowsDifferencesAndFindingsAndChangesNothing()
    {
        var node = await NodeAsync();
        await node.ApplyAsync(ConfigNode.Good);

        var plan = await node.Revisions.PlanAsync(ConfigNode.Candidate(ConfigNode.Good.Replace("path: /orders", "path: /o, methods: [GET, GET]", StringComparison.Ordinal)), int.MaxValue, Cancel);
        var bad = await node.Revisions.PlanAsync(ConfigNode.Candidate("a: b"), int.MaxValue, Cancel);

        Assert.True(plan.Valid);
        Assert.Equal("0 added, 1 changed, 0 removed", plan.Summary);
        Assert.Equal(["spec.match.path", "spec.match.methods"], Assert.Single(plan.Changes).Keys.Select(k => k.Path));
        Assert.Equal("duplicate_method", Assert.Single(plan.Findings).Code);
        Assert.False(bad.Valid);
        Assert.Contains(bad.Findings, f => f.Severity == FindingSeverity.Error);
        Assert.Single(await node.Revisions.ListAsync(null, 10, Cancel));
    }

    [Fact]
    public async Task RollbackAsync_OlderRevision_IsANewRevisionWithItsDocument()
    {
        var node = await NodeAsync();
        var first = await node.ApplyAsync(ConfigNode.Good);
        await node.ApplyAsync(ConfigNode.Good.Replace("a:1", "b:1", StringComparison.Ordinal));

        var back = await node.Revisions.RollbackAsync(1, 2, "", ConfigNode.Ada, Cancel);

        Assert.Equal((3, first.Revision.Hash, "Rollback to revision 1"), (back.Revision.Number, back.Revision.Hash, back.Revision.Message));
        Assert.Equal("http://a:1", node.Publisher.Current!.Document.Services.Single().Spec.Destinations[0].Address.OriginalString);
        Assert.Empty((await node.Revisions.DiffAsync(1, 3, Cancel)).Changes);
        Assert.Equal("0 added, 1 changed, 0 removed", (await node.Revisions.DiffAsync(1, 2, Cancel)).Summary);
        Assert.Equal(404, (await Assert.ThrowsAsync<ProblemException>(() => node.Revisions.RollbackAsync(9, null, "", ConfigNode.Ada, Cancel))).Problem.Status);
    }

    [Fact]
    public async Task ApplyAsync_Change_WritesOneAuditRowWithIt()
    {
        var node = await NodeAsync();
        await node.ApplyAsync(ConfigNode.Good);
        await Assert.ThrowsAsync<ProblemException>(() => node.ApplyAsync("a: b"));

        var row = Assert.Single(await node.Audit.ListAsync(new AuditQuery { Limit = 10 }, Cancel));

        Assert.Equal(("config.apply", "revision/1", "ada"), (row.Action, row.Target, row.Actor));
    }

    private async Task<ConfigNode> NodeAsync() => new(await database.OpenAsync(), database.Directory.Path);
}
