using FsCheck;
using FsCheck.Fluent;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Windows;
using Tidegate.Insight.Objectives.Attributing;

namespace Tidegate.Tests.Insight.Objectives.Attributing;

/// <summary>semantics 3.7: what a budget was used by. Parts and rest are the whole, by every method.</summary>
public sealed class BudgetSplitTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<(int Minute, int Bad, int Good)> Minute = from minute in Gen.Choose(0, 90) from bad in Gen.Choose(0, 20) from good in Gen.Choose(0, 200) select (minute, bad, good);

    private static readonly Gen<(int Minute, string Key, int Bad)> Known = from minute in Gen.Choose(0, 95) from key in Gen.Elements("a", "b", "", "c") from bad in Gen.Choose(0, 12) select (minute, key, bad);

    public static TheoryData<BudgetingMethod> Methods => [BudgetingMethod.Occurrences, BudgetingMethod.Timeslices, BudgetingMethod.RatioTimeslices];

    [Theory, MemberData(nameof(Methods))]
    public void Of_AnyEventsAndWhatIsKnownOfThem_PartsAndRestAreTheWhole(BudgetingMethod method) => Prop.ForAll(Minute.ListOf().Zip(Known.ListOf()).ToArbitrary(), sample =>
    {
        var terms = Terms(method);
        var events = sample.Item1.Select(m => (Start.AddMinutes(m.Minute), new Tally(m.Bad, m.Bad + m.Good))).ToList();

        var split = BudgetSplit.Of(terms, events, sample.Item2.Select(k => (Start.AddMinutes(k.Minute), k.Key, (double)k.Bad)));

        Assert.Equal(split.Whole, split.Parts.Values.Sum() + split.Rest, 9);
        Assert.Equal(BudgetSplit.Sum(terms, events).Bad, split.Whole, 9);
        Assert.All(split.Parts, part => Assert.InRange(part.Value, 0, split.Whole + 1e-9));
        Assert.True(split.Known is null or (>= 0 and <= 1));
    }).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(Methods))]
    public void Of_AllIsKnown_LeavesNoRest(BudgetingMethod method) => Prop.ForAll(Known.ListOf().ToArbitrary(), known =>
    {
        var events = known.Select(k => (Start.AddMinutes(k.Minute), new Tally(k.Bad, k.Bad + 3)));

        var split = BudgetSplit.Of(Terms(method), events, known.Select(k => (Start.AddMinutes(k.Minute), k.Key, (double)k.Bad)));

        Assert.Equal(0, split.Rest, 9);
        Assert.Equal(known.Any(k => k.Bad > 0) ? 1.0 : null, split.Known);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_Slices_GoByWhatWasBadInThemAndGoodSlicesCostNothing()
    {
        // A bad slice, 3 to 1; and one that is good by its target, whatever failed in it.
        var events = new[] { (Start, new Tally(40, 100)), (Start.AddMinutes(5), new Tally(1, 1000)) };
        var known = new[] { (Start, "a", 30.0), (Start, "b", 10.0), (Start.AddMinutes(5), "b", 1.0) };

        var split = BudgetSplit.Of(Terms(BudgetingMethod.Timeslices), events, known);

        Assert.Equal((1.0, 0.75, 0.25, 0.0), (split.Whole, split.Parts["a"], split.Parts["b"], split.Rest));
    }

    // The log tells of calls from when they began, the counters from when they ended: at the border it may know of more.
    [Fact]
    public void Of_MoreOnRecordThanCounted_GivesEachLessInProportion()
    {
        var split = BudgetSplit.Of(Terms(BudgetingMethod.Occurrences), [(Start, new Tally(30, 100))], [(Start, "a", 40), (Start, "b", 20)]);

        Assert.Equal((20.0, 10.0, 0.0), (split.Parts["a"], split.Parts["b"], split.Rest));
    }

    private static BudgetTerms Terms(BudgetingMethod method) => new() { Target = 0.99, Period = TimeSpan.FromDays(30), Method = method, Slice = TimeSpan.FromMinutes(5), SliceTarget = 0.95 };
}
