using System.Net;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Platform.Security.Login;

namespace Tidegate.Tests.Platform.Security;

public sealed class LoginThrottleTests
{
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Stranger = IPAddress.Parse("203.0.113.9");
    private readonly FakeTimeProvider _time = new();
    private readonly LoginThrottle _throttle;

    public LoginThrottleTests() => _throttle = new LoginThrottle(_time);

    [Fact]
    public void Begin_AfterFiveFailures_WaitsDoubleEachTimeUpToFiveMinutes()
    {
        for (var i = 0; i < 5; i++) Assert.Null(_throttle.Begin("ada", Home));
        Assert.Null(_throttle.Begin("ada", Home));
        var waits = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            // Another address each time, so that only the account counts.
            var wait = _throttle.Begin("ada", new IPAddress([198, 51, 100, (byte)i]));
            waits.Add(wait!.Value.TotalSeconds);
            _time.Advance(wait.Value);
            Assert.Null(_throttle.Begin("ada", new IPAddress([198, 51, 101, (byte)i])));
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300], waits);
    }

    [Fact]
    public void Begin_WhileWaiting_DoesNotMakeItLonger()
    {
        for (var i = 0; i < 6; i++) _throttle.Begin("ada", Home);
        for (var i = 0; i < 50; i++) Assert.NotNull(_throttle.Begin("ada", Home));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_throttle.Begin("ada", Home));
    }

    [Fact]
    public void Begin_ManyAccountsFromOneAddress_IsHeldUpByAddress()
    {
        for (var i = 0; i < 21; i++) Assert.Null(_throttle.Begin($"user{i}", Stranger));

        Assert.Equal(TimeSpan.FromSeconds(1), _throttle.Begin("another", Stranger));
        Assert.Null(_throttle.Begin("another", Home));
    }

    [Fact]
    public void Begin_WholeIPv6Network_CountsAsOneAddress()
    {
        for (var i = 0; i < 21; i++) _throttle.Begin($"user{i}", IPAddress.Parse($"2001:db8::{i + 1}"));

        Assert.NotNull(_throttle.Begin("another", IPAddress.Parse("2001:db8::ffff:1")));
        Assert.Null(_throttle.Begin("another", IPAddress.Parse("2001:db8:0:1::1")));
    }

    [Fact]
    public void Begin_MappedIPv4_IsTheSameAddress() => Assert.Equal("192.0.2.1", LoginThrottle.NetworkOf(IPAddress.Parse("::ffff:192.0.2.1")));

    [Fact]
    public void Begin_StrangersHammerAnAccount_ItsOwnerStillGetsInFromHome()
    {
        Assert.Null(_throttle.Begin("ada", Home));
        _throttle.Succeeded("ada", Home);
        for (var i = 0; i < 30; i++) _throttle.Begin("ada", new IPAddress([198, 51, 100, (byte)i]));
        Assert.NotNull(_throttle.Begin("ada", Stranger));

        Assert.Null(_throttle.Begin("ada", Home));
    }

    [Fact]
    public void Succeeded_FailuresBefore_AreForgotten()
    {
        for (var i = 0; i < 5; i++) Assert.Null(_throttle.Begin("ada", Home));
        _throttle.Succeeded("ada", Home);

        for (var i = 0; i < 6; i++) Assert.Null(_throttle.Begin("ada", Home));
    }

    [Fact]
    public void Begin_UnknownName_IsTreatedLikeAKnownOne()
    {
        for (var i = 0; i < 6; i++) Assert.Null(_throttle.Begin("nobody", new IPAddress([198, 51, 100, (byte)i])));

        Assert.NotNull(_throttle.Begin("nobody", Home));
    }

    [Fact]
    public void Begin_FloodOfNames_KeepsTheCountsThatMatter()
    {
        for (var i = 0; i < 12; i++)
        {
            if (_throttle.Begin("admin", new IPAddress([198, 51, 100, (byte)i])) is { } wait) _time.Advance(wait);
        }

        for (var i = 0; i < 70_000; i++) _throttle.Begin($"name{i}", new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]));

        Assert.NotNull(_throttle.Begin("admin", Home));
    }

    [Fact]
    public void Begin_WallClockStepsBack_NobodyIsLockedLonger()
    {
        var stepping = new SteppingClock();
        var throttle = new LoginThrottle(stepping);
        for (var i = 0; i < 6; i++) throttle.Begin("ada", Home);

        stepping.Wall -= TimeSpan.FromDays(1);
        stepping.Elapsed += TimeSpan.FromSeconds(1);

        Assert.Null(throttle.Begin("ada", Home));
    }

    private sealed class SteppingClock : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = DateTimeOffset.UnixEpoch.AddYears(50);

        public TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Elapsed.Ticks;
    }
}
