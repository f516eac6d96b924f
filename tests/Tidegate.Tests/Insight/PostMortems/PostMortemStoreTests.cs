using Microsoft.Extensions.Time.Testing;
using Tidegate.Insight.Incidents;
using Tidegate.Insight.PostMortems;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Insight.Incidents;
using Tidegate.Tests.Platform.ConfigStore;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.PostMortems;

public sealed class PostMortemStoreOnSqliteTests() : PostMortemStoreTests(new SqliteTestDatabase());

public sealed class PostMortemStoreOnPostgresTests(PostgresServer server) : PostMortemStoreTests(new PostgresTestDatabase(server));

public abstract class PostMortemStoreTests(TestDatabase database) : IAsyncLifetime
{
    private static readonly Actor Policy = Actor.System("policy/orders");
    private static readonly ActionItemRequest Limit = new() { Title = "limit the pool", Priority = ActionPriority.P0, Owner = "ada", Due = new DateOnly(2026, 3, 9) };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    [Fact]
    public async Task Semantics3_8_Mandatory_IsDueUntilItIsWrittenWithAP0Action_AlsoAfterARestart()
    {
        await using (var node = await StartAsync())
        {
            var required = (await node.PostMortems.RequireAsync("inc_1", "it used 25 % of the budget", Policy, Cancel))!;
            Assert.Equal((true, _time.GetUtcNow(), "policy/orders", "orders fail"), (required.IsDue, required.RequiredAt, required.RequiredBy, required.Title));
            Assert.Equal(["text", "p0_action"], required.Missing);

            await node.PostMortems.AddAsync("inc_1", Limit with { Priority = ActionPriority.P1 }, ConfigNode.Ada, Cancel);
            var refused = await Assert.ThrowsAsync<ProblemException>(() => node.PostMortems.WriteAsync("inc_1", "The pool had no limit.", ConfigNode.Ada, Cancel));
            Assert.Equal((409, "no_p0_action"), (refused.Problem.Status, refused.Problem.Code));
            Assert.Contains("it used 25 % of the budget", refused.Message, StringComparison.Ordinal);
            Assert.Equal(["text", "p0_action"], (await node.PostMortems.FindAsync("inc_1", Cancel))!.Missing);

            Assert.Equal(["text"], (await node.PostMortems.AddAsync("inc_1", Limit, ConfigNode.Ada, Cancel))!.Missing);
        }

        await using var next = await IncidentNode.StartAsync(database, _time);
        Assert.Equal("inc_1", Assert.Single(await next.PostMortems.ListAsync(all: false, 10, Cancel)).Incident);

        var written = (await next.PostMortems.WriteAsync("inc_1", "The pool had no limit.", ConfigNode.Ada, Cancel))!;

        Assert.Equal((false, "The pool had no limit.", "ada", _time.GetUtcNow()), (written.IsDue, written.Text, written.WrittenBy, written.WrittenAt));
        Assert.Equal([(1, ActionPriority.P1), (2, ActionPriority.P0)], written.Actions.Select(a => (a.Number, a.Priority)));
        Assert.Equal(new ActionItem(2, "limit the pool", ActionPriority.P0, "ada", new DateOnly(2026, 3, 9), _time.GetUtcNow(), "ada"), written.Actions[1]);
        Assert.Empty(await next.PostMortems.ListAsync(all: false, 10, Cancel));
        Assert.Single(await next.PostMortems.ListAsync(all: true, 10, Cancel));
        Assert.Equal(["postmortems.write", "postmortems.add_action", "postmortems.add_action", "postmortems.require", "incidents.open"], (await next.Audit.ListAsync(new AuditQuery(), Cancel)).Select(r => r.Action));
        Assert.Equal(
            [PostMortemStore.Written, PostMortemStore.ActionAdded, PostMortemStore.ActionAdded, PostMortemStore.Required, IncidentStore.Opened],
            (await next.Events.ListAsync(new EventQuery { Subject = "incident/inc_1" }, Cancel)).Select(e => e.Type));
    }

    [Fact]
    public async Task RequireAsync_AfterItWasWrittenWithoutAP0Action_IsDueForThat()
    {
        await using var node = await StartAsync();
        var written = (await node.PostMortems.WriteAsync("inc_1", "It was the pool.", ConfigNode.Ada, Cancel))!;
        Assert.Equal((false, null), (written.IsDue, written.RequiredAt)); // nobody had to

        Assert.Equal(["p0_action"], (await node.PostMortems.RequireAsync("inc_1", "it went on", Policy, Cancel))!.Missing);
        Assert.Single(await node.PostMortems.ListAsync(all: false, 10, Cancel));

        Assert.False((await node.PostMortems.AddAsync("inc_1", Limit, ConfigNode.Ada, Cancel))!.IsDue);
        Assert.Empty(await node.PostMortems.ListAsync(all: false, 10, Cancel));
    }

    [Fact]
    public async Task RequireAsync_Twice_TheFirstHoldsAndIsToldOnce()
    {
        await using var node = await StartAsync();
        await node.PostMortems.RequireAsync("inc_1", "it used 25 % of the budget", Policy, Cancel);

        var again = (await node.PostMortems.RequireAsync("inc_001", "another reason", ConfigNode.Ada, Cancel))!;

        Assert.Equal(("inc_1", "policy/orders", "it used 25 % of the budget"), (again.Incident, again.RequiredBy, again.Reason));
        Assert.Single(await node.Events.ListAsync(new EventQuery { Type = PostMortemStore.Required }, Cancel));
    }

    [Fact]
    public async Task OfNoIncident_IsNone()
    {
        await using var node = await StartAsync();

        Assert.Null(await node.PostMortems.RequireAsync("inc_2", "r", Policy, Cancel));
        Assert.Null(await node.PostMortems.AddAsync("nonsense", Limit, Policy, Cancel));
        Assert.Null(await node.PostMortems.WriteAsync("inc_-1", "t", Policy, Cancel));
        Assert.Null(await node.PostMortems.FindAsync("inc_1", Cancel)); // nobody has begun one
        Assert.Empty(await node.PostMortems.ListAsync(all: true, 10, Cancel));
    }

    [Theory]
    [InlineData("", "reason")]
    [InlineData(" ", "reason")]
    [InlineData("a\0b", "reason")]
    public async Task RequireAsync_ReasonThatIsNone_IsRefused(string reason, string path)
    {
        await using var node = await StartAsync();

        var refused = await Assert.ThrowsAsync<ProblemException>(() => node.PostMortems.RequireAsync("inc_1", reason, Policy, Cancel));

        Assert.Equal((400, path), (refused.Problem.Status, refused.Problem.Path));
    }

    [Fact]
    public async Task AddAsync_WhatCannotBeTaken_IsRefusedWithThePath()
    {
        await using var node = await StartAsync();

        foreach (var (action, path) in new[]
        {
            (Limit with { Title = " " }, "title"), (Limit with { Title = new string('x', 301) }, "title"), (Limit with { Title = "a\0" }, "title"), (Limit with { Owner = new string('x', 101) }, "owner"),
        })
        {
            var refused = await Assert.ThrowsAsync<ProblemException>(() => node.PostMortems.AddAsync("inc_1", action, ConfigNode.Ada, Cancel));
            Assert.Equal((400, path), (refused.Problem.Status, refused.Problem.Path));
        }

        for (var i = 0; i < 100; i++) await node.PostMortems.AddAsync("inc_1", Limit, ConfigNode.Ada, Cancel);
        Assert.Equal("too_many", (await Assert.ThrowsAsync<ProblemException>(() => node.PostMortems.AddAsync("inc_1", Limit, ConfigNode.Ada, Cancel))).Problem.Code);
    }

    private async Task<IncidentNode> StartAsync()
    {
        var node = await IncidentNode.StartAsync(database, _time);
        await node.Store.OpenAsync(new IncidentRequest { Title = "orders fail", Services = ["orders"] }, ConfigNode.Ada, Cancel);
        return node;
    }
}
