using FsCheck;
using FsCheck.Xunit;
using Tidegate.Gateway.Request.Admit.Limits;

namespace Tidegate.Tests.Gateway.Request.Admit.Limits;

public sealed class SlidingWindowTests
{
    [Property(MaxTest = 300)]
    public bool Take_AnySequence_NoWindowEverSeesMoreThanTheLimit(PositiveInt limit, PositiveInt window, NonEmptyArray<NonNegativeInt> steps)
    {
        var length = window.Get * 101L;
        var count = Make(limit.Get, length);
        var admitted = new List<long>();
        var now = 0L;
        foreach (var step in steps.Get)
        {
            now += step.Get * 7L;
            for (var i = 0; i < 3; i++)
                if (count.TryTake(now, out var decision) && decision.Admitted) admitted.Add(now);
        }

        for (var last = 0; last < admitted.Count; last++)
        {
            var first = last;
            while (first >= 0 && admitted[first] > admitted[last] - length) first--;
            if (last - first > limit.Get) return false;
        }

        return true;
    }

    [Property(MaxTest = 300)]
    public bool Take_QuietForAWindowAndASixteenth_TheWholeQuotaIsBack(PositiveInt limit, PositiveInt window, NonEmptyArray<NonNegativeInt> steps)
    {
        var length = window.Get * 160L;
        var count = Make(limit.Get, length);
        var now = 0L;
        foreach (var step in steps.Get) count.TryTake(now += step.Get, out _);
        now += length + length / 16;
        for (var i = 0; i < limit.Get; i++)
            if (!count.TryTake(now, out var decision) || !decision.Admitted) return false;
        return true;
    }

    [Property(MaxTest = 200)]
    public bool Take_AfterRetryAfter_IsAdmittedAndNotBefore(PositiveInt limit, PositiveInt window, NonEmptyArray<NonNegativeInt> steps)
    {
        var count = Make(limit.Get, window.Get * 1000L);
        var now = 0L;
        Decision decision = default;
        foreach (var step in steps.Get)
        {
            now += step.Get % 100;
            count.TryTake(now, out decision);
        }

        while (decision.Admitted) count.TryTake(now, out decision);
        count.TryTake(now + decision.RetryAfter - 1, out var early);
        count.TryTake(now + decision.RetryAfter, out var due);
        return !early.Admitted && due.Admitted;
    }

    [Property(MaxTest = 200)]
    public bool Take_ClockStepsBack_GivesNothing(PositiveInt limit, NonEmptyArray<int> steps)
    {
        var count = Make(limit.Get, 1600);
        long now = 1_000_000, latest = now;
        var sinceLatest = 0;
        foreach (var step in steps.Get)
        {
            now = Math.Max(0, now + step % 500);
            if (now > latest + 1700) sinceLatest = 0;
            latest = Math.Max(latest, now);
            if (count.TryTake(Math.Min(now, 1_000_000), out var decision) && decision.Admitted) sinceLatest++;
        }

        return sinceLatest <= limit.Get; // the clock never went beyond its first reading: one quota in all
    }

    [Fact]
    public void GiveBack_InTheSameOrALaterPart_FreesThePlace()
    {
        var count = Make(1, 1600);
        count.TryTake(0, out _);
        count.GiveBack(0);
        Assert.True(count.TryTake(150, out var decision) && decision.Admitted);
        count.TryTake(450, out decision);
        Assert.False(decision.Admitted);
        count.GiveBack(150);
        Assert.True(count.TryTake(450, out decision) && decision.Admitted);
        count.GiveBack(100_000_000 - 1); // of a time it has not seen: nothing breaks
    }

    private static SlidingWindow Make(int limit, long window) => new(default, limit, SlidingWindow.SlotLength(window));
}
