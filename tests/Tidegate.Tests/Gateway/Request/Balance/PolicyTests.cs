using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Snapshot;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Balance;

/// <summary>Where calls go under each policy, by counting many of them.</summary>
public sealed class PolicyTests
{
    private readonly Make _make = new();

    [Fact]
    public void Names_All_AreWhatTheDocumentAllows()
    {
        var allowed = (System.ComponentModel.DataAnnotations.AllowedValuesAttribute)typeof(BalancingConfig).GetProperty(nameof(BalancingConfig.Policy))!
            .GetCustomAttributes(typeof(System.ComponentModel.DataAnnotations.AllowedValuesAttribute), false).Single();

        Assert.Equal(allowed.Values.Cast<string>().Order(), BalancingPolicies.Names.Order());
        Assert.All(BalancingPolicies.Names, name => Assert.Equal(name, Of(1, name).Balancing.Name));
    }

    [Fact]
    public void RoundRobin_Any_TakesTurns() => Assert.All(_make.Spread(Of(3, "roundRobin"), 300).Values, n => Assert.Equal(100, n));

    [Fact]
    public void Weighted_Weights_AreKeptExactlyAndMixedEvenly()
    {
        var service = Of(3, "weighted", [5, 1, 1]);
        var balance = _make.Balance();
        var order = string.Concat(Enumerable.Range(0, 7).Select(_ => balance.Choose(Make.Call(), service, _make.Now).Destination!.Name));

        Assert.Equal("aabacaa", order); // the example of nginx's smooth weighted round robin
        var counts = _make.Spread(service, 7000);
        Assert.Equal((5000, 1000, 1000), (counts["a"], counts["b"], counts["c"]));
    }

    [Fact]
    public void LeastRequests_OneIsBusy_GoesToTheOthersAndSpreadsTies()
    {
        var service = Of(3, "leastRequests");
        service.Destinations[0].State.Enter();

        var counts = _make.Spread(service, 3000);

        Assert.Equal(0, counts["a"]);
        Assert.InRange(counts["b"], 1350, 1650);
    }

    [Fact]
    public void LeastRequests_Weights_CountLoadPerWeight()
    {
        var service = Of(2, "leastRequests", [300, 100]);
        for (var i = 0; i < 2; i++) service.Destinations[0].State.Enter();

        // (2 + 1) / 300 against (0 + 1) / 100: a draw; one more at either side decides.
        service.Destinations[1].State.Enter();
        Assert.Equal(100, _make.Spread(service, 100)["a"]);
    }

    [Fact]
    public void PeakEwma_OneIsTenTimesSlower_GetsFewCalls()
    {
        var service = Of(3, "peakEwma");
        Observe(service.Destinations[0], 200);
        Observe(service.Destinations[1], 20);
        Observe(service.Destinations[2], 20);

        var counts = _make.Spread(service, 3000);

        // Of three, the slow one is only chosen when it is not in the pair: never, since every pair has a faster one.
        Assert.Equal(0, counts["a"]);
        Assert.InRange(counts["b"], 1350, 1650);
    }

    [Fact]
    public void PeakEwma_LoadTimesLatency_Decides()
    {
        var service = Of(2, "peakEwma");
        Observe(service.Destinations[0], 50);
        Observe(service.Destinations[1], 20);
        for (var i = 0; i < 3; i++) service.Destinations[1].State.Enter();

        Assert.Equal(100, _make.Spread(service, 100)["a"]); // 50 x 1 against 20 x 4
    }

    [Fact]
    public void PeakEwma_UnmeasuredDestination_IsNotFlooded()
    {
        var service = Of(2, "peakEwma");
        Observe(service.Destinations[0], 20);
        Assert.Equal(100, _make.Spread(service, 100)["b"]); // nothing known, nothing in flight: it is asked

        service.Destinations[1].State.Enter();
        Assert.Equal(0, _make.Spread(service, 100)["b"]); // its first answer is awaited
    }

    [Fact]
    public void PeakLatency_SlowAnswer_CountsAtOnceAndFadesSlowly()
    {
        var latency = new PeakLatency(_make.Time);
        latency.Observe(_make.Now, 20);
        latency.Observe(_make.Now, 500);
        Assert.Equal(500, latency.Read(_make.Now));

        latency.Observe(_make.Now, 20);
        Assert.Equal(500, latency.Read(_make.Now));
        _make.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(500 / Math.E, latency.Read(_make.Now), 3);
    }

    private ServiceModel Of(int count, string policy, int[]? weights = null) => _make.Service(count, c => c with
    {
        Destinations = [.. c.Destinations.Select((d, i) => d with { Weight = weights?[i] ?? d.Weight })],
        Balancing = c.Balancing with { Policy = policy },
    });

    private void Observe(DestinationModel destination, int milliseconds) =>
        destination.State.Latency.Observe(_make.Now, Ticks.Of(_make.Time, TimeSpan.FromMilliseconds(milliseconds)));
}
