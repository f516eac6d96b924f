using System.Net;
using Tidegate.Gateway.Request.Admit.Limits;

namespace Tidegate.Tests.Gateway.Request.Admit.Limits;

public sealed class PartitionsTests
{
    [Fact]
    public void Of_MorePartitionsThanRoom_IdleOnesGoAndTheRestShareOne()
    {
        var partitions = new Counts(max: 1, sweepInterval: 10);
        var busy = Enumerable.Range(0, 100).Select(i => partitions.Of(PartitionKey.Of($"busy{i}"), 0)).ToList();
        Assert.All(busy, count => Assert.True(count.TryEnter()));
        for (var i = 0; partitions.Count < Partitions<ConcurrencyCount>.Capacity; i++) partitions.Of(PartitionKey.Of($"idle{i}"), 0);

        partitions.Of(PartitionKey.Of("new"), 20);

        Assert.Equal(101, partitions.Count);
        Assert.Same(busy[7], partitions.Of(PartitionKey.Of("busy7"), 20));
        Assert.False(busy[7].TryEnter());
    }

    [Fact]
    public void Of_AllInUse_NewcomersShareOneCount()
    {
        var partitions = new Counts(max: 1, sweepInterval: 10);
        for (var i = 0; i < Partitions<ConcurrencyCount>.Capacity; i++) partitions.Of(PartitionKey.Of($"busy{i}"), 0).TryEnter();
        var one = partitions.Of(PartitionKey.Of("a"), 100);
        Assert.Same(one, partitions.Of(PartitionKey.Of("b"), 100));
        Assert.Equal(Partitions<ConcurrencyCount>.Capacity, partitions.Count);
    }

    [Fact]
    public void Drop_EachInTurn_OthersStayAndItsNameGetsANewCount()
    {
        var partitions = new Counts(max: 1, sweepInterval: 10);
        PartitionKey a = PartitionKey.Of("a"), b = PartitionKey.Of("b"), c = PartitionKey.Of("c");
        ConcurrencyCount ofA = partitions.Of(a, 0), ofB = partitions.Of(b, 0);

        partitions.Drop(ofA);
        partitions.Drop(ofA);
        Assert.Equal(1, partitions.Count);
        var ofC = partitions.Of(c, 0);
        Assert.Same(ofB, partitions.Of(b, 0));
        Assert.NotSame(ofA, partitions.Of(a, 0));
        Assert.Same(ofC, partitions.Of(c, 0));
        Assert.Equal(3, partitions.Count);

        partitions.Drop(ofC);
        var again = partitions.Of(c, 0);
        partitions.Drop(ofC); // the old one once more: its successor stays
        Assert.Same(again, partitions.Of(c, 0));
        Assert.Equal(3, partitions.Count);

        partitions.Drop(ofB);
        Assert.NotSame(ofB, partitions.Of(b, 0));
        Assert.Equal(3, partitions.Count);
        Assert.Equal([a, b, c], [partitions.Of(a, 0).Key, partitions.Of(b, 0).Key, partitions.Of(c, 0).Key]);
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)] // one host has the whole network of 64 bits
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void PartitionKey_Addresses(string one, string other, bool same) =>
        Assert.Equal(same, PartitionKey.Of(IPAddress.Parse(one)) == PartitionKey.Of(IPAddress.Parse(other)));

    [Fact]
    public void PartitionKey_LongName_IsKeptShort()
    {
        Assert.Equal(64, PartitionKey.Of(new string('x', 30_000)).Name!.Length);
        Assert.NotEqual(PartitionKey.Of(new string('x', 30_000)), PartitionKey.Of(new string('x', 30_001)));
    }

    [Fact]
    public async Task TryRetire_WhileOthersEnter_NoCallIsCountedNowhere()
    {
        var partitions = new Counts(max: 1_000_000, sweepInterval: 0);
        var key = PartitionKey.Of("a");
        var entered = 0;
        await Parallel.ForAsync(0, 50_000, TestContext.Current.CancellationToken, (i, _) =>
        {
            while (true)
            {
                var count = partitions.Of(key, 0);
                if (i % 7 == 0)
                {
                    if (count.TryRetire()) partitions.Drop(count);
                    break;
                }

                if (count.TryEnter() is true)
                {
                    Interlocked.Increment(ref entered);
                    Assert.InRange(count.InFlight, 1, 1_000_000);
                    count.Release();
                    break;
                }

                partitions.Drop(count);
            }

            return ValueTask.CompletedTask;
        });
        Assert.Equal(50_000 - 7143, entered);
        Assert.InRange(partitions.Count, 0, 1);
    }

    private sealed class Counts(int max, long sweepInterval) : Partitions<ConcurrencyCount>(sweepInterval)
    {
        protected override ConcurrencyCount Create(in PartitionKey key) => new(key, max);

        protected override bool TryRetire(ConcurrencyCount count, long now) => count.TryRetire();
    }
}
