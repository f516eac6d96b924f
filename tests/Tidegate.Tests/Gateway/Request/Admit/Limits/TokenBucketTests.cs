using System.Numerics;
using FsCheck;
using FsCheck.Xunit;
using Tidegate.Gateway.Request.Admit.Limits;

namespace Tidegate.Tests.Gateway.Request.Admit.Limits;

public sealed class TokenBucketTests
{
    private const long Second = 1_000_000_000;

    /// <summary>The bucket as fractions without rounding: what "exact" means.</summary>
    private sealed class Model(long calls, long period, long burst)
    {
        private BigInteger _level = (BigInteger)burst * period; // in calls x period
        private long _at = -1;

        public bool Take(long now)
        {
            if (_at < 0) _at = now;
            if (now > _at)
            {
                _level = BigInteger.Min((BigInteger)burst * period, _level + (BigInteger)(now - _at) * calls);
                _at = now;
            }

            if (_level < period) return false;
            _level -= period;
            return true;
        }
    }

    [Property(MaxTest = 300)]
    public bool Take_AnySequence_AdmitsExactlyWhatTheArithmeticAllows(PositiveInt calls, PositiveInt milliseconds, PositiveInt burst, NonEmptyArray<NonNegativeInt> steps)
    {
        var period = milliseconds.Get * 1_000_003L; // a prime: nothing divides evenly
        var bucket = new TokenBucket(default, new TokenBucketShape(calls.Get, period, burst.Get));
        var model = new Model(calls.Get, period, burst.Get);
        var now = 17L;
        foreach (var step in steps.Get)
        {
            now += step.Get * 99_991L;
            Assert.True(bucket.TryTake(now, out var decision));
            if (decision.Admitted != model.Take(now)) return false;
        }

        return true;
    }

    [Property(MaxTest = 200)]
    public bool Take_AfterRetryAfter_IsAdmittedAndNotBefore(PositiveInt calls, PositiveInt burst, PositiveInt milliseconds)
    {
        var bucket = new TokenBucket(default, new TokenBucketShape(calls.Get, milliseconds.Get * 1_000_000L, burst.Get));
        var now = 5L;
        Decision decision;
        do bucket.TryTake(now, out decision);
        while (decision.Admitted);
        bucket.TryTake(now + decision.RetryAfter - 1, out var early);
        bucket.TryTake(now + decision.RetryAfter, out var due);
        return !early.Admitted && due.Admitted;
    }

    [Property(MaxTest = 200)]
    public bool Take_ClockStepsBack_GivesNothing(PositiveInt calls, NonEmptyArray<int> steps)
    {
        // However the clock jumps about, never more than the bucket plus what the farthest reading allows.
        var bucket = new TokenBucket(default, new TokenBucketShape(calls.Get, Second, calls.Get));
        long now = 50 * Second, first = now, latest = now;
        BigInteger admitted = 0;
        bucket.TryTake(now, out _);
        admitted++;
        foreach (var step in steps.Get)
        {
            now = Math.Max(0, now + step * 1_000_000L);
            latest = Math.Max(latest, now);
            if (bucket.TryTake(now, out var decision) && decision.Admitted) admitted++;
        }

        return admitted * Second <= (BigInteger)calls.Get * Second + (BigInteger)(latest - first) * calls.Get;
    }

    [Theory]
    [InlineData(1_000_000_000, 31L * 86_400 * Second, 1_000_000_000)] // the largest legal limit: level arithmetic must not overflow
    [InlineData(1, 31L * 86_400 * Second, 1_000_000_000)]
    [InlineData(1_000_000_000, 100_000_000, 1)]
    public void Take_ExtremeShapes_NeverMoreThanTheRate(long calls, long period, long burst)
    {
        var bucket = new TokenBucket(default, new TokenBucketShape(calls, period, burst));
        var taken = 0;
        for (var i = 0; i < 1000; i++)
            if (bucket.TryTake(1, out var decision) && decision.Admitted) taken++;
        Assert.Equal((int)Math.Min(1000, burst), taken);
        bucket.TryTake(1 + period, out var later);
        Assert.True(later.Admitted);
    }

    [Fact]
    public void Take_FullPeriodLater_ExactlyTheQuotaIsBack()
    {
        var bucket = new TokenBucket(default, new TokenBucketShape(7, Second, 7));
        int Drain(long now)
        {
            var taken = 0;
            while (bucket.TryTake(now, out var d) && d.Admitted) taken++;
            return taken;
        }

        Assert.Equal(7, Drain(0));
        for (var i = 1; i <= 100; i++) Assert.Equal(7, Drain(i * Second));
    }

    [Fact]
    public void GiveBack_AnotherLimitRefused_CountsAsIfItHadNotBeen()
    {
        var bucket = new TokenBucket(default, new TokenBucketShape(1, Second, 1));
        bucket.TryTake(0, out _);
        bucket.GiveBack(0);
        bucket.GiveBack(0); // never beyond full
        Assert.True(bucket.TryTake(0, out var decision) && decision.Admitted);
        Assert.True(bucket.TryTake(0, out decision) && !decision.Admitted);
    }

    [Fact]
    public void TryRetire_OnlyWhenFullAgain()
    {
        var bucket = new TokenBucket(default, new TokenBucketShape(1, Second, 1));
        bucket.TryTake(0, out _);
        Assert.False(bucket.TryRetire(Second - 1));
        Assert.True(bucket.TryRetire(Second));
        Assert.False(bucket.TryTake(Second, out _));
    }

    [Fact]
    public async Task Take_ManyThreads_NeverMoreThanTheBucket()
    {
        var bucket = new TokenBucket(default, new TokenBucketShape(1, 3600 * Second, 5000));
        var admitted = 0;
        await Parallel.ForAsync(0, 20_000, TestContext.Current.CancellationToken, (_, _) =>
        {
            if (bucket.TryTake(1, out var decision) && decision.Admitted) Interlocked.Increment(ref admitted);
            return ValueTask.CompletedTask;
        });
        Assert.Equal(5000, admitted);
    }
}
