using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Indicators.Series;

namespace Tidegate.Tests.Insight.Indicators;

public sealed class SeriesHubTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private long _writer = 100;

    [Fact]
    public void Dirty_NotWritten_IsThereAgainWithAllThatCameSince()
    {
        var hub = Hub();
        hub.Add("a", Start, new Tally(1, 10));
        var first = Dirty(hub);
        hub.Add("a", Start.AddSeconds(30), new Tally(0, 5));

        Assert.Equal(new Tally(1, 10), Assert.Single(first).Events);
        Assert.Equal(new Tally(1, 15), Assert.Single(Dirty(hub)).Events);
        hub.Written(first, [], Start); // an older state of the minute reached the disk
        Assert.Single(Dirty(hub));
        hub.Written(Dirty(hub), [], Start);
        Assert.Empty(Dirty(hub));
    }

    [Fact]
    public void Add_LateForAMinuteThatIsClosed_GetsARowOfItsOwn()
    {
        var hub = Hub();
        hub.Add("a", Start, new Tally(1, 10));
        var first = Assert.Single(Dirty(hub));
        hub.Written([first], [], Start.AddHours(1));

        hub.Add("a", Start, new Tally(0, 3));

        var late = Assert.Single(Dirty(hub));
        Assert.Equal(new Tally(0, 3), late.Events);
        Assert.NotEqual(first.Writer, late.Writer);
    }

    [Fact]
    public void Replace_SourceThatSaysAnotherNumber_ChangesByTheDifference()
    {
        var hub = Hub();
        hub.Replace("p", Start, new Tally(1, 10));
        hub.Replace("p", Start, new Tally(1, 10));
        hub.Replace("p", Start, new Tally(0, 12));

        Assert.Equal([new Tally(1, 10), new Tally(-1, 2)], hub.Take().Deltas.Select(d => d.Events));
        Assert.Equal((new Tally(0, 12), 0L), (Dirty(hub)[0].Events, Dirty(hub)[0].Writer));
    }

    [Fact]
    public void Recall_AfterARestart_WhatIsSaidAgainChangesNothing()
    {
        var hub = Hub();
        hub.Recall("p", [(Start, new Tally(1, 10))]);
        hub.Replace("p", Start, new Tally(1, 10));

        Assert.Empty(hub.Take().Deltas);
        Assert.Empty(Dirty(hub));
    }

    [Fact]
    public void Take_WhatIsToBeWrittenAndWhatCame_AreOfOneMoment()
    {
        var hub = Hub();
        hub.Say([(Start, new Tally(1, 10)), (Start.AddMinutes(1), new Tally(0, 7))], new("p", SeriesBook.MinuteOf(Start), SeriesBook.MinuteOf(Start) + 2));

        var (dirty, coverage, deltas) = hub.Take();

        Assert.Equal(dirty.Select(b => b.Events), deltas.Select(d => d.Events));
        Assert.True(hub.IsWaiting("p"));
        hub.Say([], coverage[0] with { Until = coverage[0].Until + 1 }); // said while that was being written
        hub.Written(dirty, coverage, Start);
        Assert.True(hub.IsWaiting("p"));
        Assert.Empty(hub.Take().Dirty);
        hub.Written([], hub.Take().Coverage, Start);
        Assert.False(hub.IsWaiting("p"));
    }

    private static IReadOnlyList<SeriesBucket> Dirty(SeriesHub hub) => hub.Take().Dirty;

    [Fact]
    public void Durations_ThatComeAfterTheirMinuteWasWritten_AreAddedToThoseOfBefore()
    {
        var hub = Hub();
        hub.Add("a", Start, new Tally(0, 2), Of(100, 5_000));
        hub.Add("a", Start.AddMinutes(1), new Tally(0, 1), Of(7));
        Write(Start.AddSeconds(70));

        hub.Add("a", Start, new Tally(1, 1), Of(5_000_000));
        var late = Assert.Single(hub.Take().Dirty);
        Assert.Equal((SeriesBook.MinuteOf(Start), new Tally(1, 3), 3L, 5_005_100L), (late.Minute, late.Events, LatencyHistogram.FromBytes(late.Durations).Count, LatencyHistogram.FromBytes(late.Durations).Sum));
        Write(Start.AddSeconds(130));

        hub.Add("a", Start, new Tally(0, 1));
        Assert.Equal(Of(100, 5_000, 5_000_000).ToBytes(), Assert.Single(hub.Take().Dirty).Durations);

        void Write(DateTimeOffset now)
        {
            var (dirty, coverage, _) = hub.Take();
            hub.Written(dirty, coverage, now);
        }

        static LatencyHistogram Of(params long[] values)
        {
            var durations = new LatencyHistogram();
            foreach (var value in values) durations.Record(value);
            return durations;
        }
    }

    private SeriesHub Hub() => new(new SeriesBook(() => ++_writer));
}
