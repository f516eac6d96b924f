using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Judging;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Insight.Incidents;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives;

public sealed class ObjectiveReaderTests : IAsyncDisposable
{
    private readonly TestDatabase _database = new SqliteTestDatabase();
    private readonly FakeTimeProvider _time = new(SampleCalls.Noon);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task BadByAsync_CallsOfTheLog_AreThoseThatTheObjectiveCountsAsBad()
    {
        await using var node = await ObjectiveNode.StartAsync(_database, _time, IncidentNode.Orders);
        await using var log = await TestCallLog.StartAsync();
        await log.WriteAsync(
            [.. Calls(6, "greedy", "orders", CallOutcome.UpstreamError), .. Calls(2, "other", "orders", CallOutcome.Timeout), .. Calls(9, "good", "orders", CallOutcome.Ok), .. Calls(9, "good", "stock", CallOutcome.UpstreamError), .. Calls(9, "good", "orders", CallOutcome.ClientError)]);
        var reader = new ObjectiveReader(node.Book, new SeriesHistory(node.Counts), log.Store, new Leases(node.Store, false, _time));

        var bad = await reader.BadByAsync("orders-work", "consumer", SampleCalls.Noon.AddMinutes(-1), SampleCalls.Noon.AddMinutes(1), Cancel);

        Assert.Equal([("greedy", 0.75), ("other", 0.25)], bad);
        Assert.Empty(await reader.BadByAsync("orders-work", "consumer", SampleCalls.Noon.AddMinutes(1), SampleCalls.Noon.AddMinutes(2), Cancel));
        Assert.Empty(await reader.BadByAsync("nothing", "consumer", SampleCalls.Noon.AddMinutes(-1), SampleCalls.Noon.AddMinutes(1), Cancel));
    }

    [Fact]
    public async Task IsReady_NodeThatHasJustStarted_IsNotUntilItHasLooked()
    {
        await using var node = await ObjectiveNode.StartAsync(_database, _time, IncidentNode.Orders);
        var leases = new Leases(node.Store, false, _time);

        Assert.False(new ObjectiveReader(new ObjectiveBook([]), new SeriesHistory(node.Counts), null!, leases).IsReady);
        Assert.True(new ObjectiveReader(node.Book, new SeriesHistory(node.Counts), null!, leases).IsReady);
    }

    private static IEnumerable<CallRecord> Calls(int count, string consumer, string service, CallOutcome outcome) => Enumerable.Range(0, count).Select(_ =>
    {
        var call = SampleCalls.Ordinary();
        call.Id = Guid.CreateVersion7(SampleCalls.Noon);
        (call.Consumer, call.Service, call.Outcome) = (consumer, service, outcome);
        return call;
    });
}
