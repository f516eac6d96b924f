using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Snapshot;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Balance;

/// <summary>Who may be chosen at all, and in which shares, before any policy speaks.</summary>
public sealed class EligibilityTests
{
    private readonly Make _make = new();

    [Fact]
    public void Choose_WeightZeroUnhealthyEjectedOpenOrWaiting_AreNotChosen()
    {
        var service = Of(6, (d, i) => i == 0 ? d with { Weight = 0 } : d);
        Unhealthy(service, 1);
        service.Destinations[2].State.Ejection.Eject(service, "latency", "test", _make.Now);
        service.Destinations[3].State.Breaker.Force(new BreakerOverride(Open: true, Ticks.Never, "test"));
        service.Destinations[4].State.Floor.Raise(503, Ticks.After(_make.Now, Ticks.Of(_make.Time, TimeSpan.FromSeconds(9))));

        var counts = _make.Spread(service, 100);

        Assert.Equal(100, counts["f"]);
    }

    [Fact]
    public void Choose_TriedDestination_OnlyWhenNoOtherIsLeft()
    {
        var service = Of(2);
        var balance = _make.Balance();
        var call = Make.Call();
        var first = balance.Choose(call, service, _make.Now).Destination!;
        call.Tried.Add(first);
        var second = balance.Choose(call, service, _make.Now).Destination!;
        call.Tried.Add(second);

        Assert.NotSame(first, second);
        Assert.NotNull(balance.Choose(call, service, _make.Now).Destination);
    }

    [Fact]
    public void Choose_OwnZoneWell_GetsEverything()
    {
        _make.Zone = "east";
        var service = Of(4, (d, i) => d with { Zone = i < 2 ? "east" : "west" });
        var counts = _make.Spread(service, 1000);
        Assert.Equal(1000, counts["a"] + counts["b"]);
    }

    [Fact]
    public void Choose_HalfOfOwnZoneIll_SpillsOverInProportion()
    {
        _make.Zone = "east";
        var service = Of(4, (d, i) => d with { Zone = i < 2 ? "east" : "west" });
        Unhealthy(service, 0);

        var counts = _make.Spread(service, 10_000);

        // Half healthy against 0.7: 71 % stay, 29 % leave.
        Assert.InRange(counts["b"], 6950, 7350);
        Assert.Equal(0, counts["a"]);
        Assert.InRange(counts["c"], 1250, 1600);
    }

    [Fact]
    public void Choose_FirstPriorityIll_TheNextTakesOverAndGivesBack()
    {
        var service = Of(4, (d, i) => d with { Priority = i < 2 ? 0 : 1 });
        Assert.Equal(0, Backup(_make.Spread(service, 1000)));

        Unhealthy(service, 0);
        Assert.InRange(Backup(_make.Spread(service, 10_000)), 2650, 3050);
        Unhealthy(service, 1);
        Assert.Equal(1000, Backup(_make.Spread(service, 1000)));
        Healthy(service, 0);
        Healthy(service, 1);
        Assert.Equal(0, Backup(_make.Spread(service, 1000)));

        static int Backup(Dictionary<string, int> counts) => counts["c"] + counts["d"];
    }

    [Fact]
    public void Choose_BothPrioritiesHalfIll_AllCallsAreStillServed()
    {
        var service = Of(4, (d, i) => d with { Priority = i < 2 ? 0 : 1 }, b => b with { SpillOverBelow = 1 });
        Unhealthy(service, 0);
        Unhealthy(service, 2);
        var counts = _make.Spread(service, 10_000);
        Assert.Equal(10_000, counts.Values.Sum());
        Assert.InRange(counts["b"], 4800, 5200);
    }

    [Fact]
    public void Choose_FewerHealthyThanThePanicThreshold_IgnoresHealth()
    {
        var service = Of(4, change: b => b with { PanicBelow = 0.5 });
        for (var i = 0; i < 3; i++) Unhealthy(service, i);

        Assert.All(_make.Spread(service, 4000).Values, n => Assert.InRange(n, 900, 1100));
        Assert.True(_make.Balance().Eligible(service, _make.Now).Panic);
    }

    [Fact]
    public void Choose_AllUnhealthyAndNoPanic_ChoosesNobody()
    {
        var service = Of(2);
        Unhealthy(service, 0);
        Unhealthy(service, 1);
        Assert.Null(_make.Balance().Choose(Make.Call(), service, _make.Now).Destination);
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(30, 0.55)]
    [InlineData(60, 1)]
    public void Choose_SlowStart_ShareGrowsFromATenthToAll(int seconds, double warmth)
    {
        var service = Of(2, change: b => b with { SlowStart = TimeSpan.FromSeconds(60) });
        _make.Time.Advance(TimeSpan.FromSeconds(60));
        service.Destinations[1].State.Returned(_make.Now);
        _make.Time.Advance(TimeSpan.FromSeconds(seconds));

        var counts = _make.Spread(service, 10_000);

        Assert.InRange(counts["b"], (5000 * warmth) - 250, (5000 * warmth) + 250);
    }

    [Fact]
    public void Semantics1_4_HalfOpen_TakesOneProbeAndTheRestGoesElsewhere()
    {
        var service = Of(2);
        Open(service, 0);
        _make.Time.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(1, _make.Spread(service, 100)["a"]); // nobody has reported the probe
    }

    [Fact]
    public void Semantics1_5_ReopensIn_SeveralOff_IsTheSoonest()
    {
        var service = Of(2);
        service.Destinations[0].State.Floor.Raise(503, Ticks.After(_make.Now, Ticks.Of(_make.Time, TimeSpan.FromSeconds(40))));
        service.Destinations[1].State.Floor.Raise(503, Ticks.After(_make.Now, Ticks.Of(_make.Time, TimeSpan.FromSeconds(20))));

        Assert.Null(_make.Balance().Choose(Make.Call(), service, _make.Now).Destination);
        Assert.Equal(20, _make.Balance().ReopensIn(service, _make.Now).TotalSeconds, 3);
        _make.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("b", _make.Balance().Choose(Make.Call(), service, _make.Now).Destination!.Name);
    }

    [Fact]
    public void Build_NextSnapshot_KeepsStateByNameAndAddressAndConnectionsWhenUnchanged()
    {
        var before = Of(2);
        Open(before, 0);

        var after = _make.Service(3, previous: before);
        Assert.Same(before.Destinations[0].State, after.Destinations[0].State);
        Assert.Same(before.Connections, after.Connections);

        var moved = _make.Service(2, c => c with
        {
            Destinations = [.. c.Destinations.Select(d => d with { Address = new Uri("http://10.9.9.9:80") })],
            Resilience = c.Resilience with { ConnectTimeout = TimeSpan.FromSeconds(1) },
        }, before);
        Assert.NotSame(before.Destinations[0].State, moved.Destinations[0].State);
        Assert.NotSame(before.Connections, moved.Connections);
        Assert.Same(before.State, moved.State);
    }

    private ServiceModel Of(int count, Func<DestinationConfig, int, DestinationConfig>? each = null, Func<BalancingConfig, BalancingConfig>? change = null) =>
        _make.Service(count, c => c with
        {
            Destinations = [.. c.Destinations.Select((d, i) => each?.Invoke(d, i) ?? d)],
            Balancing = (change ?? (b => b)).Invoke(c.Balancing with { Policy = "roundRobin" }),
        });

    private void Unhealthy(ServiceModel service, int index) =>
        service.Destinations[index].State.Probes.Report(new ActiveHealthConfig { UnhealthyAfter = 1 }, "down", _make.Now);

    private void Healthy(ServiceModel service, int index) =>
        service.Destinations[index].State.Probes.Report(new ActiveHealthConfig { HealthyAfter = 1 }, null, _make.Now);

    private void Open(ServiceModel service, int index)
    {
        for (var i = 0; i < 10; i++) service.Destinations[index].State.Breaker.Report(service.Config.Resilience.Breaker, BreakerEntry.Normal, failed: true, _make.Now);
    }
}
