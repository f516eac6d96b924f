using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Windows;
using Xunit;

namespace Tidegate.Tests.Core.Windows;

public sealed class BudgetLedgerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    /// <summary>Shares of slices are no whole numbers: sums of them in another order differ in the last bits.</summary>
    private const double Tolerance = 1e-7;

    private static readonly TimeSpan[] Windows = [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(3), TimeSpan.FromDays(30)];

    /// <summary>Events: seconds after the start (within six hours), bad, good.</summary>
    private static Arbitrary<(int At, int Bad, int Good)[]> Histories =>
        Gen.NonEmptyListOf(Gen.Choose(0, 6 * 3600).SelectMany(at => Gen.Choose(0, 50).SelectMany(bad => Gen.Choose(0, 500).Select(good => (at, bad, good)))))
            .Select(l => l.ToArray()).ToArbitrary();

    // The issue: any shuffle or re-bucketing of the same events gives the same budget.
    [Property]
    public Property Add_AnyOrderAndAnyBundles_GivesTheSameBudget() => Prop.ForAll(Histories, Gen.Choose(0, int.MaxValue).ToArbitrary(), (events, seed) =>
    {
        foreach (var method in Enum.GetValues<BudgetingMethod>())
        {
            var inOrder = Ledger(method);
            foreach (var e in events.OrderBy(e => e.At)) inOrder.Add(Start.AddSeconds(e.At), new Tally(e.Bad, e.Bad + e.Good));
            var shuffled = Ledger(method);
            foreach (var part in Cut(events, new Random(seed))) shuffled.Add(part.At, part.Events);

            var now = Start.AddHours(6.5);
            foreach (var window in Windows)
            {
                var (a, b) = (inOrder.Window(now, window), shuffled.Window(now, window));
                Assert.Equal(a.Bad, b.Bad, Tolerance);
                Assert.Equal(a.Total, b.Total, Tolerance);
            }

            Assert.Equal(ErrorBudget.Left(inOrder.Period(now), 0.99) ?? 1, ErrorBudget.Left(shuffled.Period(now), 0.99) ?? 1, Tolerance);
        }
    });

    [Fact]
    public void Add_WhatASourceTakesBack_IsTakenAway()
    {
        foreach (var method in new[] { BudgetingMethod.Occurrences, BudgetingMethod.RatioTimeslices })
        {
            var ledger = Ledger(method);
            ledger.Add(Start, new Tally(4, 10));
            ledger.Add(Start, new Tally(-1, 0)); // as many in all, fewer of them bad
            ledger.Add(Start, new Tally(-1, -6));

            var unit = method == BudgetingMethod.Occurrences ? 4 : 1;
            var seen = ledger.Period(Start.AddMinutes(1));
            Assert.Equal(0.5 * unit, seen.Bad, Tolerance);
            Assert.Equal(unit, seen.Total, Tolerance);
        }
    }

    [Property]
    public Property Window_ByTheMinute_EqualsCountingTheEventsInIt() => Prop.ForAll(Histories, events =>
    {
        var ledger = Ledger(BudgetingMethod.Occurrences);
        foreach (var e in events) ledger.Add(Start.AddSeconds(e.At), new Tally(e.Bad, e.Bad + e.Good));

        // A window by ten seconds: its oldest bucket begins after now - length.
        var now = Start.AddHours(6).AddSeconds(9);
        foreach (var window in Windows.Where(w => w <= TimeSpan.FromHours(1)))
        {
            var inside = events.Where(e => Start.AddSeconds(e.At) >= now.AddSeconds(1) - window && Start.AddSeconds(e.At) <= now).ToList();
            Assert.Equal(new Tally(inside.Sum(e => e.Bad), inside.Sum(e => e.Bad + e.Good)), ledger.Window(now, window));
        }
    });

    [Fact]
    public void Window_NothingForLongerThanIt_IsEmptyAndNotGood()
    {
        var ledger = Ledger(BudgetingMethod.Occurrences);
        ledger.Add(Start, new Tally(5, 10));

        Assert.True(ledger.Window(Start.AddHours(2), TimeSpan.FromHours(1)).IsEmpty);
        Assert.Equal(new Tally(5, 10), ledger.Window(Start.AddHours(2), TimeSpan.FromHours(6)));
        Assert.True(ledger.Window(Start.AddDays(40), TimeSpan.FromDays(30)).IsEmpty);
    }

    [Fact]
    public void Add_LateForItsSlice_JudgesTheSliceAnew()
    {
        var ledger = Ledger(BudgetingMethod.Timeslices);
        ledger.Add(Start, new Tally(1, 10));
        Assert.Equal(new Tally(1, 1), ledger.Period(Start));

        ledger.Add(Start.AddMinutes(5), new Tally(0, 3));
        ledger.Add(Start.AddSeconds(30), new Tally(0, 990));

        Assert.Equal(new Tally(0, 2), ledger.Period(Start.AddMinutes(6)));
    }

    [Fact]
    public void Period_OfTheCalendar_StartsOverAtItsEnd()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var days = new CalendarPeriods(new DateTime(2026, 1, 1), 1, CalendarUnit.Day, berlin);
        var ledger = new BudgetLedger(new BudgetTerms { Target = 0.99, Period = TimeSpan.FromDays(1), Calendar = days });
        var midnight = new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.FromHours(1));

        ledger.Add(midnight.AddMinutes(-1), new Tally(7, 10));
        Assert.Equal(new Tally(7, 10), ledger.Period(midnight.AddSeconds(-1)));
        Assert.Equal(Tally.None, ledger.Period(midnight));
        ledger.Add(midnight.AddMinutes(1), new Tally(1, 20));
        ledger.Add(midnight.AddMinutes(-2), new Tally(9, 9)); // late for the day before
        Assert.Equal(new Tally(1, 20), ledger.Period(midnight.AddHours(3)));
    }

    private static BudgetLedger Ledger(BudgetingMethod method) =>
        new(new BudgetTerms { Target = 0.99, Method = method, SliceTarget = 0.99, Period = TimeSpan.FromDays(30) });

    // The events of each moment in parts, in any order.
    private static IEnumerable<(DateTimeOffset At, Tally Events)> Cut((int At, int Bad, int Good)[] events, Random random)
    {
        var parts = new List<(DateTimeOffset, Tally)>();
        foreach (var e in events)
        {
            var (bad, good) = (random.Next(e.Bad + 1), random.Next(e.Good + 1));
            parts.Add((Start.AddSeconds(e.At), new Tally(bad, bad + good)));
            parts.Add((Start.AddSeconds(e.At), new Tally(e.Bad - bad, e.Bad - bad + e.Good - good)));
        }

        return parts.OrderBy(_ => random.Next());
    }
}
