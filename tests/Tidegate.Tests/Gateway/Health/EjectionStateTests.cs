using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Health;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Snapshot;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Health;

public sealed class EjectionStateTests
{
    private readonly Make _make = new();

    [Fact]
    public void Report_FailuresInARow_EjectOnce()
    {
        var service = Of(3, p => p with { ConsecutiveFailures = 3 });
        Report(service, 0, failed: true, 2);
        Report(service, 0, failed: false);
        Report(service, 0, failed: true, 2);
        Assert.False(IsEjected(service, 0));

        Report(service, 0, failed: true);

        Assert.True(IsEjected(service, 0));
        var line = Assert.Single(_make.Log.Lines, l => l.Event == 1801);
        Assert.Contains("3 failures in a row", line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_FailureRatio_NeedsEnoughCalls()
    {
        var service = Of(3, p => p with { ConsecutiveFailures = 0, FailureRatio = 0.5, MinimumCalls = 10 });
        for (var i = 0; i < 4; i++)
        {
            Report(service, 0, failed: false);
            Report(service, 0, failed: true);
        }

        Assert.False(IsEjected(service, 0));
        Report(service, 0, failed: true, 2);
        Assert.True(IsEjected(service, 0));
    }

    [Fact]
    public void Eject_AgainAndAgain_GrowsExponentiallyUpToTenTimesAndIsForgiven()
    {
        var service = Of(3, p => p with { BaseEjection = TimeSpan.FromSeconds(10) });
        var ejection = service.Destinations[0].State.Ejection;
        foreach (var seconds in new[] { 10, 20, 40, 80, 100, 100 })
        {
            ejection.Eject(service, "latency", "test", _make.Now);
            Assert.Equal(seconds, Ticks.Span(_make.Time, ejection.Until - _make.Now).TotalSeconds, 3);
            _make.Time.Advance(TimeSpan.FromSeconds(seconds + 1));
        }

        _make.Time.Advance(TimeSpan.FromSeconds(101));
        ejection.Eject(service, "latency", "test", _make.Now);
        Assert.Equal(10, Ticks.Span(_make.Time, ejection.Until - _make.Now).TotalSeconds, 3);
    }

    [Theory]
    [InlineData(1, 0.5, 0)]
    [InlineData(1, 1.0, 1)]
    [InlineData(2, 0.1, 1)]
    [InlineData(4, 0.5, 2)]
    [InlineData(10, 0.3, 3)]
    public void Eject_Everyone_StopsAtTheCap(int destinations, double share, int ejected)
    {
        var service = Of(destinations, p => p with { MaxEjectedShare = share });
        foreach (var destination in service.Destinations) destination.State.Ejection.Eject(service, "latency", "test", _make.Now);
        Assert.Equal(ejected, Enumerable.Range(0, destinations).Count(i => IsEjected(service, i)));
    }

    [Fact]
    public void LatencyOutliers_MeanFarAboveTheMedianOfTheOthers_IsEjected()
    {
        var service = Of(4, p => p with { LatencyFactor = 3, MinimumCalls = 5 });
        int[] milliseconds = [20, 25, 30, 200];
        for (var d = 0; d < 4; d++)
            for (var i = 0; i < 5; i++) service.Destinations[d].State.Ejection.Report(service, failed: false, _make.Now, Ticks.Of(_make.Time, TimeSpan.FromMilliseconds(milliseconds[d])));

        LatencyOutliers.Eject(service, _make.Time, _make.Now);

        Assert.Equal([false, false, false, true], Enumerable.Range(0, 4).Select(i => IsEjected(service, i)));
        Assert.Contains("mean latency 200 ms, the others' median 25 ms", service.Destinations[3].State.Ejection.Reason, StringComparison.Ordinal);
    }

    private ServiceModel Of(int count, Func<PassiveHealthConfig, PassiveHealthConfig> change) =>
        _make.Service(count, c => c with { Health = new HealthConfig { Passive = change(new PassiveHealthConfig()) } });

    private bool IsEjected(ServiceModel service, int index) => service.Destinations[index].State.Ejection.Until > _make.Now;

    private void Report(ServiceModel service, int index, bool failed, int times = 1)
    {
        for (var i = 0; i < times; i++) service.Destinations[index].State.Ejection.Report(service, failed, _make.Now, 1);
    }
}
