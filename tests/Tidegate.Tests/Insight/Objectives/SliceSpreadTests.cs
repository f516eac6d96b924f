using FsCheck;
using FsCheck.Fluent;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Compiling;
using Tidegate.Insight.Objectives.Judging;

namespace Tidegate.Tests.Insight.Objectives;

/// <summary>Semantics 3.1: every slice weighs the same, also in history that is kept coarser than the slices.</summary>
public sealed class SliceSpreadTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Stretches one after the other: which step, how many bad and good in each of its minutes.</summary>
    private static readonly Gen<(int Step, int Bad, int Good)> Stretch = from step in Gen.Elements(1, 5, 60) from bad in Gen.Choose(0, 3) from good in Gen.Choose(0, 9) select (step, bad, good);

    private static readonly Gen<int> Slice = Gen.Elements(1, 2, 5, 7, 10, 60, 90);

    [Theory]
    [InlineData(BudgetingMethod.Timeslices)]
    [InlineData(BudgetingMethod.RatioTimeslices)]
    [InlineData(BudgetingMethod.Occurrences)]
    public void Ledger_OfStretches_IsThatOfTheirMinutes_WhenAllMinutesOfEachAreAlike(BudgetingMethod method) =>
        Prop.ForAll(Stretch.NonEmptyListOf().Zip(Slice).ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (sample, seed) =>
        {
            var terms = Terms(method, sample.Item2);
            // Eight hours: what is later than 512 slices is not counted by a ledger that runs.
            var stretches = Line(sample.Item1.Take(8)).ToList();
            var (coarse, fine) = (new ObjectiveLedgers(terms, ObjectiveExclusions.None), new ObjectiveLedgers(terms, ObjectiveExclusions.None));
            var random = new Random(seed);
            foreach (var stretch in stretches.OrderBy(_ => random.Next())) coarse.Add(stretch);
            foreach (var stretch in stretches)
                for (var minute = stretch.Start; minute < stretch.End; minute = minute.AddMinutes(1)) fine.Add(minute, Share(stretch.Events, TimeSpan.FromMinutes(1) / stretch.Step));

            var (a, b) = (coarse.Adjusted.Period(stretches[^1].End), fine.Adjusted.Period(stretches[^1].End));
            Assert.Equal(b.Total, a.Total, 6);
            Assert.Equal(b.Bad, a.Bad, 6);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Over_AnyStretch_GivesPartsInOneSliceEach_WithItsRatio_AndAllOfIt() => Prop.ForAll(Stretch.Zip(Slice).ToArbitrary(), Gen.Choose(0, 5000).ToArbitrary(), (sample, offset) =>
    {
        var ((step, bad, good), slice) = sample;
        var stretch = new SeriesStretch(Start.AddMinutes((long)offset * step), TimeSpan.FromMinutes(step), new Tally(bad * step, (bad + good) * step));
        var parts = stretch.Over(Terms(BudgetingMethod.Timeslices, slice)).ToList();

        Assert.Equal((stretch.Start, stretch.End), (parts[0].Start, parts[^1].End));
        Assert.Equal(parts.Skip(1).Select(p => p.Start), parts.SkipLast(1).Select(p => p.End));
        Assert.All(parts, p => Assert.Equal(p.Start.UtcTicks / TimeSpan.FromMinutes(slice).Ticks, (p.End.UtcTicks - 1) / TimeSpan.FromMinutes(slice).Ticks));
        Assert.Equal(stretch.Events.Total, parts.Sum(p => p.Events.Total), 9);
        Assert.Equal(stretch.Events.Bad, parts.Sum(p => p.Events.Bad), 9);
        if (!stretch.Events.IsEmpty) Assert.All(parts, p => Assert.Equal(stretch.Events.ErrorRatio!.Value, p.Events.ErrorRatio!.Value, 9));
    }).QuickCheckThrowOnFailure();

    // 99 of 100 in every part, whatever a twelfth of it is: exactly at the border is good.
    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    public void Stretch_ExactlyAtTheSliceTarget_IsGoodSlices(int step)
    {
        var ledgers = new ObjectiveLedgers(Terms(BudgetingMethod.Timeslices, 1), ObjectiveExclusions.None);
        ledgers.Add(new SeriesStretch(Start, TimeSpan.FromMinutes(step), new Tally(1, 10)));
        ledgers.Add(new SeriesStretch(Start.AddHours(1), TimeSpan.FromMinutes(step), new Tally(2, 10)));

        Assert.Equal(new Tally(step, 2 * step), ledgers.Adjusted.Period(Start.AddHours(3)));
        Assert.Equal(Start.AddHours(1).AddMinutes(step), ledgers.CoarseUntil);
    }

    [Fact]
    public void CoarseUntil_OfStretchesNoLongerThanASlice_IsNull()
    {
        var stretch = new SeriesStretch(Start, TimeSpan.FromMinutes(5), new Tally(1, 10));

        Assert.Null(SliceSpread.CoarseUntil(Terms(BudgetingMethod.Timeslices, 5), [stretch]));
        Assert.Null(SliceSpread.CoarseUntil(Terms(BudgetingMethod.Occurrences, 1), [stretch]));
        Assert.Equal(stretch.End, SliceSpread.CoarseUntil(Terms(BudgetingMethod.RatioTimeslices, 1), [stretch, stretch with { Start = Start.AddHours(-1) }]));
    }

    private static IEnumerable<SeriesStretch> Line(IEnumerable<(int Step, int Bad, int Good)> stretches)
    {
        var at = Start;
        foreach (var (step, bad, good) in stretches)
        {
            // Stretches lie on borders of their step.
            while (at.UtcTicks % TimeSpan.FromMinutes(step).Ticks != 0) at = at.AddMinutes(1);
            yield return new SeriesStretch(at, TimeSpan.FromMinutes(step), new Tally(bad * step, (bad + good) * step));
            at = at.AddMinutes(step);
        }
    }

    private static Tally Share(Tally events, double share) => new(events.Bad * share, events.Total * share);

    private static BudgetTerms Terms(BudgetingMethod method, int slice) =>
        new() { Target = 0.99, Method = method, Slice = TimeSpan.FromMinutes(slice), SliceTarget = 0.9, Period = TimeSpan.FromDays(30) };
}
