using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Stale;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Stale;

/// <summary>What the store holds: bounded, the newest of each, whoever comes at the same time.</summary>
public sealed class StaleStoreTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly StaleCounts _counts = new();

    [Fact]
    public void Full_TheOnesNotAskedForTheLongest_Go()
    {
        var store = Store(64_000);
        for (var i = 0; i < 6; i++) Assert.True(Keep(store, $"/{i}", 9_000));
        Assert.NotNull(store.Find(Call("/0")));

        Assert.True(Keep(store, "/6", 9_000));

        Assert.Equal([true, false, true, true, true, true, true], Enumerable.Range(0, 7).Select(i => store.Find(Call($"/{i}")) is not null));
        Assert.Equal((6L, 1L, 7L), (store.Entries, _counts.Dropped(StaleDrop.Evicted), _counts.Stored));
        Assert.InRange(store.Bytes, 6 * 9_000, 64_000);
    }

    [Fact]
    public void AnAnswerThatNeverFits_IsNotKept_AndDrivesNobodyOut()
    {
        var store = Store(64_000);
        Keep(store, "/small", 100);

        Assert.False(Keep(store, "/large", 64_000));

        Assert.NotNull(store.Find(Call("/small")));
        Assert.Equal(1, _counts.Dropped(StaleDrop.TooLarge));
    }

    [Fact]
    public void OfTwoAtOnce_TheLaterSentStays_WhicheverIsCompleteFirst()
    {
        var store = Store(64_000);
        var early = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(Keep(store, "/", 2));
        Assert.False(Keep(store, "/", 1, early));

        Assert.Equal(2, store.Find(Call("/"))!.Body.Length);
        Assert.Equal(1, store.Entries);
    }

    [Fact]
    public void AnAnswerUnderWayWhileItsTargetIsChanged_IsNotKept()
    {
        var store = Store(64_000);
        Keep(store, "/", 1);
        _time.Advance(TimeSpan.FromSeconds(1));
        var sent = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(1));

        store.Forget(Call("/"));

        Assert.False(Keep(store, "/", 2, sent));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Keep(store, "/", 3));
        Assert.Equal(3, store.Find(Call("/"))!.Body.Length);
    }

    [Fact]
    public void Expired_AreGone_WithTheirMemory()
    {
        var store = Store(64_000);
        Keep(store, "/", 1000);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Null(store.Find(Call("/")));
        Assert.Equal((0L, 0L), (store.Entries, store.Bytes));
    }

    [Fact]
    public void WhatIsComingIn_IsBounded()
    {
        var store = Store(64_000);

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => store.TryReserve(16 * 1024)));
        store.Release(16 * 1024);
        Assert.True(store.TryReserve(16 * 1024));
    }

    [Fact]
    public async Task ManyAtOnce_LeaveTheStoreWithinItsBounds_AndEachAnswerWhole()
    {
        var store = Store(200_000);
        var torn = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Factory.StartNew(
            () =>
            {
                var random = new Random(worker);
                for (var i = 0; i < 3_000; i++)
                {
                    var (target, size) = (random.Next(60), random.Next(1, 8_000));
                    if (random.Next(3) == 0) Keep(store, $"/{target}", size, vary: target % 2 == 0 ? [] : ["accept"]);
                    else if (random.Next(40) == 0) store.Forget(Call($"/{target}"));
                    else if (store.Find(Call($"/{target}")) is { } found && found.Body.Any(b => b != (byte)found.Body.Length)) Interlocked.Increment(ref torn);
                    _time.Advance(TimeSpan.FromTicks(10));
                }
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal(0, torn);
        Assert.InRange(store.Bytes, 1, 200_000);
        for (var i = 0; i < 60; i++) store.Find(Call($"/{i}"));
        _time.Advance(TimeSpan.FromHours(2));
        for (var i = 0; i < 60; i++) Assert.Null(store.Find(Call($"/{i}")));
        Assert.Equal((0L, 0L), (store.Entries, store.Bytes)); // nothing was left behind that could not be found
    }

    private StaleStore Store(long maxBytes) => new(new StaleConfig { MaxBytes = maxBytes }, _counts, _time);

    private static GatewayCall Call(string target)
    {
        var call = Make.Call();
        call.UpstreamTarget = target;
        return call;
    }

    private bool Keep(StaleStore store, string target, int size, long? arrived = null, string[]? vary = null)
    {
        var (body, at) = (new byte[size], arrived ?? _time.GetTimestamp());
        Array.Fill(body, (byte)size);
        return store.Keep(Call(target), everybodys: false, vary ?? [], new KeptAnswer([], body, null, at, Ticks.After(at, Ticks.Of(_time, TimeSpan.FromHours(1))), 0, -1));
    }
}
