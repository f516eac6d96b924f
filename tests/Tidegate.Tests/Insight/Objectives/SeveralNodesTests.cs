using Microsoft.Extensions.Time.Testing;
using Tidegate.Insight.Indicators;
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
        """;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 10, 0, 5, TimeSpan.Zero));

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

    private static (double Bad, double Total) Seen(ObjectiveNode node) => (node.Status("answered").Bad, node.Status("answered").Total);

    private Task<ObjectiveNode> StartAsync(TestDatabase database) => ObjectiveNode.StartAsync(database, _time, Documents, isShared: true);

    private async Task TickAsync(params ObjectiveNode[] nodes)
    {
        _time.Advance(SeriesHub.Tick);
        foreach (var node in nodes) await node.TickAsync();
    }
}
