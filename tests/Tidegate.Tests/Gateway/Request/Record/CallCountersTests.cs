using Tidegate.Core.Calls;
using Tidegate.Gateway.Request.Record;

namespace Tidegate.Tests.Gateway.Request.Record;

public sealed class CallCountersTests
{
    // Each counter meets its first calls from all threads at the same moment: that is when a cell could be made twice, or lost.
    [Fact]
    public void Add_TheSameOutcomesFirstSeenByManyThreads_EveryCallIsCountedInOneCell()
    {
        const int Threads = 3, Statuses = 3;
        var all = Enumerable.Range(0, 20_000).Select(_ => new CallCounters("route", "service")).ToArray();
        Assert.All(all, c => Assert.True(c.IsEmpty));
        using var together = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(t => new Thread(() =>
        {
            var records = Enumerable.Range(0, Statuses).Select(s => new CallRecord { Status = 200 + (s + t) % Statuses, Outcome = CallOutcome.Ok, RequestBytes = 1, ResponseBytes = 2 }).ToArray();
            together.SignalAndWait();
            foreach (var counters in all)
                foreach (var record in records) counters.Add(record);
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());

        Assert.All(all, counters =>
        {
            Assert.Equal([200, 201, 202], counters.Cells.Select(c => c.Status).Order());
            Assert.All(counters.Cells, c => Assert.Equal(Threads, c.Count));
            Assert.Equal((Threads * Statuses, 2 * Threads * Statuses), (counters.RequestBytes, counters.ResponseBytes));
            Assert.False(counters.IsEmpty);
        });
    }
}
