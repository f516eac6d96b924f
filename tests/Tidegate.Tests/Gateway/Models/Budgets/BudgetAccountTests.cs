using FsCheck.Xunit;
using Tidegate.Core.Resources.Budgets;
using Tidegate.Gateway.Models.Budgets;

namespace Tidegate.Tests.Gateway.Models.Budgets;

/// <summary>The ledger: exact, never overrun, whatever calls do and however many do it at once.</summary>
public sealed class BudgetAccountTests
{
    private static readonly DateTime Start = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Reserve_UpToTheLimit_AdmitsExactlyThat()
    {
        var account = Account();
        var limits = Limits(100);

        Assert.True(account.TryReserve(new(60, 0), limits, Start));
        Assert.True(account.TryReserve(new(40, 0), limits, Start));
        Assert.False(account.TryReserve(new(1, 0), limits, Start));
        account.Release(new(40, 0));
        Assert.True(account.TryReserve(new(40, 0), limits, Start));
    }

    [Fact]
    public void Reserve_OneLimitOfTwo_HoldsNothingOfEither()
    {
        var account = Account();
        var limits = new BudgetLimits(new(100, 10), new(long.MaxValue, long.MaxValue), 1);

        Assert.False(account.TryReserve(new(5, 11), limits, Start));

        Assert.Equal(default, account.Read(Start).Reserved);
    }

    [Fact]
    public void Settle_AnotherSoftLimitInTheSameWindow_IsToldOfOnItsOwn()
    {
        var account = Account();

        Assert.True(account.Settle(default, new(85, 0), unknownCost: false, Limits(100, soft: 80), Start));
        Assert.False(account.Settle(default, new(1, 0), unknownCost: false, Limits(100, soft: 90), Start));
        Assert.True(account.Settle(default, new(4, 0), unknownCost: false, Limits(100, soft: 90), Start));
        Assert.False(account.Settle(default, new(4, 0), unknownCost: false, Limits(100, soft: 90), Start));
    }

    [Fact]
    public void Settle_SoftLimit_IsToldOncePerWindow()
    {
        var account = Account();
        var limits = Limits(100, soft: 80);

        Assert.False(account.Settle(default, new(79, 0), false, limits, Start));
        Assert.True(account.Settle(default, new(1, 0), false, limits, Start));
        Assert.False(account.Settle(default, new(5, 0), false, limits, Start));
        Assert.True(account.Settle(default, new(90, 0), false, limits, Start.AddDays(1)));
    }

    [Fact]
    public void Window_Over_StartsAnewAndKeepsWhatIsHeld()
    {
        var account = Account();
        Assert.True(account.TryReserve(new(30, 0), Limits(100), Start));
        account.Settle(default, new(70, 0), true, Limits(100), Start);
        account.Refuse(Start);

        var next = account.Read(Start.AddDays(1));

        Assert.Equal((new BudgetAmount(0, 0), new BudgetAmount(30, 0), 0L, 0L), (next.Used, next.Reserved, next.UnknownCost, next.Refused));
        Assert.False(account.TryReserve(new(71, 0), Limits(100), Start.AddDays(1)));
        Assert.True(account.TryReserve(new(70, 0), Limits(100), Start.AddDays(1)));
    }

    [Fact]
    public void Clock_SetBack_OpensNoWindowAgain()
    {
        var account = Account();
        account.Settle(default, new(100, 0), false, Limits(100), Start.AddDays(1));

        Assert.False(account.TryReserve(new(1, 0), Limits(100), Start));
        Assert.Equal(Start.AddDays(1), account.Read(Start).Start);
    }

    [Fact]
    public void Settle_ClaimsOfAnySize_NeverTurnTheSumAround()
    {
        var account = Account();
        for (var i = 0; i < 10; i++) account.Settle(default, new(long.MaxValue, long.MaxValue), false, Limits(100), Start);

        Assert.True(account.Read(Start).Used.Tokens > 0);
        Assert.False(account.TryReserve(new(1, 0), Limits(100), Start));
    }

    [Fact]
    public void Restore_SameWindow_GoesOn_AnotherWindow_DoesNot()
    {
        var before = Account();
        before.Settle(default, new(70, 5), true, Limits(100), Start);
        var saved = before.Read(Start);

        var same = Account();
        same.Restore(saved, Start.AddHours(1));
        var later = Account();
        later.Restore(saved, Start.AddDays(1));

        Assert.Equal((saved.Used, 1L), (same.Read(Start).Used, same.Read(Start).UnknownCost));
        Assert.Equal(default, later.Read(Start.AddDays(1)).Used);
    }

    /// <summary>10,000 calls that succeed, fail, are cancelled and are tried again, up to twenty at once.</summary>
    [Property(MaxTest = 10)]
    public void Semantics2_10_AnyCalls_TheLedgerEqualsTheSum_AndNoLimitIsOverrunByMoreThanEstimatesWereWrong(int seed)
    {
        var random = new Random(seed);
        var (limits, account) = (new BudgetLimits(new(2_000_000, 900_000_000), new(1_800_000, 800_000_000), 0.9), Account());
        var running = new List<(BudgetAmount Estimate, BudgetAmount Held)>();
        var (used, reserved, unknown) = (default(BudgetAmount), default(BudgetAmount), 0L);
        var (wrongTokens, wrongNanos, refused, told) = (0L, 0L, 0, 0);
        for (var begun = 0; begun < 10_000 || running.Count > 0;)
        {
            if (begun < 10_000 && (running.Count == 0 || (running.Count < 20 && random.Next(2) == 0)))
            {
                begun++;
                var estimate = new BudgetAmount(random.Next(1, 2000), random.Next(1, 900_000));
                var fits = used.Tokens + reserved.Tokens + estimate.Tokens <= limits.Most.Tokens && used.Nanos + reserved.Nanos + estimate.Nanos <= limits.Most.Nanos;
                Assert.Equal(fits, account.TryReserve(estimate, limits, Start));
                if (!fits) refused++;
                else (running, reserved) = ([.. running, (estimate, estimate)], reserved + estimate);
                continue;
            }

            var at = random.Next(running.Count);
            var (wanted, held) = running[at];
            running.RemoveAt(at);
            if (random.Next(4) == 0)
            {
                // Failed before it cost anything, or the caller left.
                account.Release(held);
                reserved = new(reserved.Tokens - held.Tokens, reserved.Nanos - held.Nanos);
                continue;
            }

            var real = new BudgetAmount(random.Next(0, 2500), random.Next(0, 1_000_000));
            var settled = BudgetAmount.Least(held, real);
            var isUnknown = random.Next(10) == 0;
            if (account.Settle(settled, real, isUnknown, limits, Start)) told++;
            if (isUnknown) unknown++;
            (wrongTokens, wrongNanos) = (wrongTokens + Math.Max(0, real.Tokens - held.Tokens), wrongNanos + Math.Max(0, real.Nanos - held.Nanos));
            (used, held) = (new(used.Tokens + real.Tokens, used.Nanos + real.Nanos), new(held.Tokens - settled.Tokens, held.Nanos - settled.Nanos));
            reserved = new(reserved.Tokens - settled.Tokens, reserved.Nanos - settled.Nanos);
            var more = wanted - held;
            if (random.Next(3) == 0 && account.TryReserve(more, limits, Start))
            {
                // It broke off after it had cost something, and is tried again: as much is held as for the first time.
                reserved += more;
                running.Add((wanted, wanted));
                continue;
            }

            account.Release(held);
            reserved = new(reserved.Tokens - held.Tokens, reserved.Nanos - held.Nanos);
            var count = account.Read(Start);
            Assert.Equal((used, reserved, unknown), (count.Used, count.Reserved, count.UnknownCost));
            Assert.True(used.Tokens <= limits.Most.Tokens + wrongTokens && used.Nanos <= limits.Most.Nanos + wrongNanos);
        }

        Assert.Equal(default, account.Read(Start).Reserved);
        Assert.True(refused > 100, $"only {refused} refused: the limit was never reached");
        Assert.Equal(1, told);
    }

    [Fact]
    public async Task Semantics2_10_ManyThreads_NeverHoldMoreThanTheLimit_AndCountEverything()
    {
        const int Threads = 8, Calls = 20_000, Each = 7;
        var (account, limits) = (Account(), Limits(Each * 10));
        var (inside, most, settled, over) = (0, 0, 0L, 0);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(() =>
        {
            for (var i = 0; i < Calls; i++)
            {
                if (!account.TryReserve(new(Each, 0), limits, Start)) continue;
                var now = Interlocked.Increment(ref inside);
                if (now > 10) Interlocked.Increment(ref over);
                InterlockedMax(ref most, now);
                Interlocked.Decrement(ref inside);
                if (i % 3000 == thread)
                {
                    account.Settle(new(Each, 0), new(1, 0), false, limits, Start);
                    Interlocked.Increment(ref settled);
                }
                else
                {
                    account.Release(new(Each, 0));
                }
            }
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        var count = account.Read(Start);
        Assert.Equal(0, over);
        Assert.Equal((new BudgetAmount(settled, 0), default(BudgetAmount)), (count.Used, count.Reserved));
        Assert.InRange(most, 1, 10);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen;) seen = Interlocked.CompareExchange(ref target, value, seen);
    }

    private static BudgetAccount Account() => new(new BudgetCalendar(BudgetWindow.Day, TimeZoneInfo.Utc));

    private static BudgetLimits Limits(long tokens, long soft = long.MaxValue) => new(new(tokens, long.MaxValue), new(soft, long.MaxValue), (double)soft / tokens);
}
