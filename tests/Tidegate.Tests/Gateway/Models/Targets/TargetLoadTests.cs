using Tidegate.Gateway.Models.Targets;

namespace Tidegate.Tests.Gateway.Models.Targets;

public sealed class TargetLoadTests
{
    [Theory]
    [InlineData(1)] // where two processors meet all the time
    [InlineData(3)]
    public async Task TryEnter_ManyThreads_NeverMoreThanTheCap(int most)
    {
        var load = new TargetLoad();
        int inside = 0, highest = 0, entered = 0;
        using var begin = new Barrier(8);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                begin.SignalAndWait(TestContext.Current.CancellationToken);
                for (var i = 0; i < 200_000; i++)
                {
                    if (!load.TryEnter(most)) continue;
                    var now = Interlocked.Increment(ref inside);
                    for (var seen = Volatile.Read(ref highest); now > seen; seen = Volatile.Read(ref highest)) Interlocked.CompareExchange(ref highest, now, seen);
                    Interlocked.Increment(ref entered);
                    Interlocked.Decrement(ref inside);
                    load.Leave();
                }
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.InRange(highest, 1, most);
        Assert.True(entered > 0 && load.InFlight == 0, $"{entered} entered, {load.InFlight} are still there");
    }

    [Fact]
    public void TryEnter_Zero_IsNoLimit()
    {
        var load = new TargetLoad();

        for (var i = 0; i < 1000; i++) Assert.True(load.TryEnter(0));

        Assert.Equal((1000, false), (load.InFlight, load.TryEnter(1000)));
    }
}
