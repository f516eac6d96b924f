using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Indicators.Pushed;
using Tidegate.Operations.Delivery;
using Tidegate.Operations.Delivery.Canary;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives;

/// <summary>Nodes on one PostgreSQL: whoever judges has the calls of all, once each, whenever who starts, stops or reads the past.</summary>
public sealed class SeveralNodesTests(PostgresServer server)
{
    private const string Documents = """
        apiVersion: tidegate/v1
        kind: Service
        metadata: { name: orders }
        spec: { destinations: [{ address: http://10.0.0.1 }] }
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: answered }
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{ duration: 30d, isRolling: true }]
          objectives: [{ displayName: answered, target: 0.999 }]
          indicator:
            metadata: { name: answered }
            spec: { ratioMetric: { counter: true, rawType: success, raw: { metricSource: { type: tidegate, spec: { measure: availability, service: [orders] } } } } }
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: imports }
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{ duration: 30d, isRolling: true }]
          objectives: [{ displayName: imports, target: 0.9 }]
          indicator:
            metadata: { name: imports }
            spec: { ratioMetric: { rawType: success, raw: { metricSource: { type: events, spec: { name: imports } } } } }
        """;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 5, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_CountingBesideEachOther_BothHaveTheCallsOfBoth()
    {
        await using var database = new PostgresTestDatabase(server);
        await using var one = await StartAsync(database);
        await using var two = await StartAsync(database);

        for (var i = 0; i < 30; i++)
        {
            one.Count(10, 1);
            two.Count(7, 0);
            await TickAsync(one, two);
        }

        await TickAsync(one, two);
        Assert.Equal((30, 510), Seen(one));
        Assert.Equal((30, 510), Seen(two));
    }

    [Fact]
    public async Task Node_ThatComesLater_HasWhatTheOthersCounted_AndTheyHaveItsOwn()
    {
        await using var database = new PostgresTestDatabase(server);
        await using var one = await StartAsync(database);
        for (var i = 0; i < 150; i++)
        {
            one.Count(4, 1);
            await TickAsync(one);
        }

        one.Count(4, 1);
        await using var two = await StartAsync(database); // 25 minutes later, in the middle of a minute
        for (var i = 0; i < 8; i++)
        {
            one.Count(1, 0);
            two.Count(2, 2);
            await TickAsync(one, two);
        }

        await TickAsync(one, two);
        Assert.Equal((151 + 16, 604 + 8 + 16), Seen(one));
        Assert.Equal((151 + 16, 604 + 8 + 16), Seen(two));
    }

    [Fact]
    public async Task Objective_ThatIsAddedWhileOthersCount_CountsEveryCallOnce()
    {
        await using var database = new PostgresTestDatabase(server);
        await using var one = await StartAsync(database);
        await using var two = await StartAsync(database);
        for (var i = 0; i < 60; i++)
        {
            one.Count(3, 0);
            two.Count(5, 5);
            await TickAsync(one, two);
        }

        // The other node has written more than this one has been told of when it reads the past.
        one.Source.Apply(ObjectiveNode.Read(Documents.Replace("target: 0.999", "target: 0.99", StringComparison.Ordinal)));
        two.Count(5, 5);
        _time.Advance(SeriesHub.Tick);
        await two.TickAsync();
        await one.TickAsync();
        for (var i = 0; i < 12; i++)
        {
            two.Count(5, 5);
            await TickAsync(two, one);
        }

        Assert.Equal(0.99, one.Status("answered").Target);
        Assert.Equal((73 * 5, (73 * 5) + 180), Seen(one));
    }

    [Fact]
    public async Task Node_ThatWasKeptFromTheDatabase_HasAllAfterwards()
    {
        await using var database = new PostgresTestDatabase(server);
        await using var one = await StartAsync(database);
        await using var two = await StartAsync(database);
        for (var i = 0; i < 48; i++)
        {
            one.Count(1, 0);
            two.Count(2, 1);
            // Eight minutes in which the second reads and writes nothing.
            await TickAsync(one);
        }

        for (var i = 0; i < 4; i++) await TickAsync(two, one);

        Assert.Equal((48, 144), Seen(two));
    }

    [Fact]
    public async Task Push_ToAnotherNode_IsSeenWithinATick_HoweverLateItIs()
    {
        await using var database = new PostgresTestDatabase(server);
        await using var one = await StartAsync(database);
        await using var two = await StartAsync(database);
        var (here, there) = (Pushes(one), Pushes(two));
        await there.CountAsync("a", "a", [new("events:imports", _time.GetUtcNow(), new Tally(1, 10)), new("events:imports", _time.GetUtcNow().AddDays(-3), new Tally(2, 20))], Cancel);
        await here.CountAsync("b", "b", [new("events:imports", _time.GetUtcNow(), new Tally(4, 40))], Cancel);

        await TickAsync(one, two);
        Assert.Equal((7, 70), Seen(one, "imports"));
        Assert.Equal((7, 70), Seen(two, "imports"));

        await there.CountAsync("c", "c", [new("events:imports", _time.GetUtcNow().AddHours(-5), new Tally(0, 100))], Cancel);
        await TickAsync(one, two);
        await TickAsync(one, two);
        Assert.Equal((7, 170), Seen(one, "imports"));
        Assert.Equal((7, 170), Seen(two, "imports"));
    }

    [Fact]
    public async Task Push_ToAnotherNode_WhileThePastIsRead_CountsOnce()
    {
        await using var database = new PostgresTestDatabase(server);
        await using var one = await StartAsync(database);
        await using var two = await StartAsync(database);
        var there = Pushes(two);
        await there.CountAsync("a", "a", [new("events:imports", _time.GetUtcNow().AddDays(-4), new Tally(1, 10))], Cancel);
        await TickAsync(one, two);

        // Told in the next tick: the past that is read before it must not have it.
        await there.CountAsync("b", "b", [new("events:imports", _time.GetUtcNow(), new Tally(2, 20)), new("events:imports", _time.GetUtcNow().AddDays(-4), new Tally(0, 5))], Cancel);
        foreach (var fine in new[] { DateTimeOffset.UnixEpoch, _time.GetUtcNow().AddDays(-1) })
        {
            var read = await new SeriesHistory(one.Counts, one.Peers).ReadAsync("events:imports", _time.GetUtcNow().AddDays(-10), fine, Cancel);
            Assert.Equal((1, 10), (read.Sum(d => d.Events.Bad), read.Sum(d => d.Events.Total)));
        }

        await TickAsync(one);
        await using var three = await StartAsync(database);
        await TickAsync(one, three);
        Assert.Equal((3, 35), Seen(one, "imports"));
        Assert.Equal((3, 35), Seen(three, "imports"));
    }

    [Fact]
    public async Task OwnShare_OfNodesBesideEachOther_IsWhatEachCounted()
    {
        await using var database = new PostgresTestDatabase(server);
        await using var one = await StartAsync(database);
        await using var two = await StartAsync(database);
        var history = new SeriesHistory(one.Counts, one.Peers);
        var series = GatewaySeries.Availability("orders");
        Assert.Null(history.OwnShare(series));

        for (var i = 0; i < 12; i++)
        {
            one.Count(10, 0);
            two.Count(20, 0);
            await TickAsync(two, one);
        }

        Assert.Equal(1 / 3.0, history.OwnShare(series)!.Value, 3);
        var report = new CanaryShare(history).On(new CanaryReport(_time.GetUtcNow(), CanaryVerdict.Pass, "Good.", 1, 1, []), ["orders"]);
        Assert.Equal("Good. Judged by this node's calls, about 1 in 3 of all.", report.Summary);
        Assert.Contains("is not known", new CanaryShare(history).On(report, ["stock"]).Summary, StringComparison.Ordinal);
        Assert.Equal(("Good.", 1), new CanaryShare(one.History).On(report with { Summary = "Good." }, ["orders"]) is var alone ? (alone.Summary, alone.Seen) : default);
    }

    private PushStore Pushes(ObjectiveNode node) => new(node.Store, node.Counts, node.Hub, _time, shared: true);

    private static (double Bad, double Total) Seen(ObjectiveNode node, string id) => (node.Status(id).Bad, node.Status(id).Total);

    private static (double Bad, double Total) Seen(ObjectiveNode node) => (node.Status("answered").Bad, node.Status("answered").Total);

    private Task<ObjectiveNode> StartAsync(TestDatabase database) => ObjectiveNode.StartAsync(database, _time, Documents, isShared: true);

    private async Task TickAsync(params ObjectiveNode[] nodes)
    {
        _time.Advance(SeriesHub.Tick);
        foreach (var node in nodes) await node.TickAsync();
    }
}
