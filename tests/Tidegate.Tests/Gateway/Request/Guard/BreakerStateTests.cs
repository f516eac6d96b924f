using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Guard;

public sealed class BreakerStateTests
{
    private static readonly BreakerConfig Config = new()
    {
        FailureRatio = 0.5, MinimumCalls = 4, Window = TimeSpan.FromSeconds(10), Cooldown = TimeSpan.FromSeconds(5), MaxCooldown = TimeSpan.FromSeconds(30),
    };

    private readonly Make _make = new();

    [Fact]
    public void Semantics1_4_ClosedOpensAtTheFailureRatioOfEnoughCalls()
    {
        var breaker = Breaker();
        Report(breaker, failed: true, times: 3);
        Assert.Equal(BreakerPosition.Closed, breaker.Position(_make.Now));

        Report(breaker, failed: true);

        Assert.Equal(BreakerPosition.Open, breaker.Position(_make.Now));
        Assert.Equal(BreakerEntry.Refused, breaker.TryEnter(Config, _make.Now));
        Assert.Single(_make.Log.Lines, l => l.Event == 1501);
    }

    [Fact]
    public void Semantics1_4_FewerFailuresThanTheRatio_StaysClosed()
    {
        var breaker = Breaker();
        for (var i = 0; i < 50; i++)
        {
            Report(breaker, failed: false, times: 2);
            Report(breaker, failed: true);
        }

        Assert.Equal(BreakerPosition.Closed, breaker.Position(_make.Now));
    }

    [Fact]
    public void Semantics1_4_FailuresOlderThanTheWindow_DoNotCount()
    {
        var breaker = Breaker();
        Report(breaker, failed: true, times: 3);
        _make.Time.Advance(TimeSpan.FromSeconds(11));
        Report(breaker, failed: true);

        Assert.Equal(BreakerPosition.Closed, breaker.Position(_make.Now));
    }

    [Fact]
    public void Semantics1_4_HalfOpenLetsOneProbePassAtATime()
    {
        var breaker = Opened();
        _make.Time.Advance(TimeSpan.FromSeconds(6.1));

        Assert.Equal(BreakerPosition.HalfOpen, breaker.Position(_make.Now));
        Assert.Equal(BreakerEntry.Probe, breaker.TryEnter(Config, _make.Now));
        Assert.Equal(BreakerEntry.Refused, breaker.TryEnter(Config, _make.Now));
    }

    [Fact]
    public async Task Semantics1_4_HalfOpenLetsOneProbePassHoweverManyAskAtOnce()
    {
        var breaker = Opened();
        _make.Time.Advance(TimeSpan.FromSeconds(6.1));

        var entries = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => breaker.TryEnter(Config, _make.Now))));

        Assert.Single(entries, BreakerEntry.Probe);
        Assert.Equal(63, entries.Count(e => e == BreakerEntry.Refused));
    }

    [Fact]
    public void Semantics1_4_ProbeSucceeds_ClosesWithACleanSlate()
    {
        var breaker = Opened();
        _make.Time.Advance(TimeSpan.FromSeconds(6.1));
        breaker.Report(Config, breaker.TryEnter(Config, _make.Now), failed: false, _make.Now);

        Assert.Equal(BreakerPosition.Closed, breaker.Position(_make.Now));
        Report(breaker, failed: true, times: 3);
        Assert.Equal(BreakerPosition.Closed, breaker.Position(_make.Now));
    }

    [Fact]
    public void Semantics1_4_CooldownGrowsExponentiallyWithJitterUpToItsMaximum()
    {
        var breaker = Opened();
        List<double> cooldowns = [];
        for (var i = 0; i < 6; i++)
        {
            var cooldown = breaker.ClosedToCallsUntil(_make.Now) - _make.Now;
            cooldowns.Add(Ticks.Span(_make.Time, cooldown).TotalSeconds);
            _make.Time.Advance(Ticks.Span(_make.Time, cooldown));
            breaker.Report(Config, breaker.TryEnter(Config, _make.Now), failed: true, _make.Now);
        }

        double[] bases = [5, 10, 20, 30, 30, 30];
        for (var i = 0; i < bases.Length; i++) Assert.InRange(cooldowns[i], bases[i], bases[i] * 1.2);
        Assert.NotEqual(cooldowns[4], cooldowns[5]);
    }

    [Fact]
    public void Semantics1_4_ProbeThatSaidNothing_LetsTheNextOneProbe()
    {
        var breaker = Opened();
        _make.Time.Advance(TimeSpan.FromSeconds(6.1));
        breaker.Release(breaker.TryEnter(Config, _make.Now));

        Assert.Equal(BreakerPosition.HalfOpen, breaker.Position(_make.Now));
        Assert.Equal(BreakerEntry.Probe, breaker.TryEnter(Config, _make.Now));
    }

    [Fact]
    public void Semantics1_4_ManualOpenHoldsUntilItsExpiryAndTellsItsReason()
    {
        var breaker = Breaker();
        breaker.Force(new BreakerOverride(Open: true, Ticks.After(_make.Now, Ticks.Of(_make.Time, TimeSpan.FromMinutes(1))), "disk swap"));

        Assert.Equal(BreakerEntry.Refused, breaker.TryEnter(Config, _make.Now));
        Assert.Equal("disk swap", breaker.OverrideReason(_make.Now));

        _make.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(BreakerEntry.Normal, breaker.TryEnter(Config, _make.Now));
        Assert.Null(breaker.OverrideReason(_make.Now));
    }

    [Fact]
    public void Semantics1_4_ManualCloseLetsCallsPassAnOpenBreaker()
    {
        var breaker = Opened();
        breaker.Force(new BreakerOverride(Open: false, Ticks.Never, "false alarm"));

        Assert.Equal(BreakerEntry.Normal, breaker.TryEnter(Config, _make.Now));
        breaker.EndForce();
        Assert.Equal(BreakerEntry.Refused, breaker.TryEnter(Config, _make.Now));
    }

    [Fact]
    public void TryEnter_BreakerSwitchedOff_AlwaysLetsIn() => Assert.Equal(BreakerEntry.Normal, Opened().TryEnter(config: null, _make.Now));

    private BreakerState Breaker() => _make.Service(1).Destinations[0].State.Breaker;

    private BreakerState Opened()
    {
        var breaker = Breaker();
        Report(breaker, failed: true, times: 4);
        return breaker;
    }

    private void Report(BreakerState breaker, bool failed, int times = 1)
    {
        for (var i = 0; i < times; i++) breaker.Report(Config, BreakerEntry.Normal, failed, _make.Now);
    }
}
