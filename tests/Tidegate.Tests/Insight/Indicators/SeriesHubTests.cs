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
        var first = hub.Dirty();
        hub.Add("a", Start.AddSeconds(30), new Tally(0, 5));

        Assert.Equal(new Tally(1, 10), Assert.Single(first).Events);
        Assert.Equal(new Tally(1, 15), Assert.Single(hub.Dirty()).Events);
        hub.Written(first, Start); // an older state of the minute reached the disk
        Assert.Single(hub.Dirty());
        hub.Written(hub.Dirty(), Start);
        Assert.Empty(hub.Dirty());
    }

    [Fact]
    public void Add_LateForAMinuteThatIsClosed_GetsARowOfItsOwn()
    {
        var hub = Hub();
        hub.Add("a", Start, new Tally(1, 10));
        var first = Assert.Single(hub.Dirty());
        hub.Written([first], Start.AddHours(1));

        hub.Add("a", Start, new Tally(0, 3));

        var late = Assert.Single(hub.Dirty());
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

        Assert.Equal([new Tally(1, 10), new Tally(-1, 2)], hub.TakeDeltas().Select(d => d.Events));
        Assert.Equal((new Tally(0, 12), 0L), (hub.Dirty()[0].Events, hub.Dirty()[0].Writer));
    }

    [Fact]
    public void Recall_AfterARestart_WhatIsSaidAgainChangesNothing()
    {
        var hub = Hub();
        hub.Recall("p", [(Start, new Tally(1, 10))]);
        hub.Replace("p", Start, new Tally(1, 10));

        Assert.Empty(hub.TakeDeltas());
        Assert.Empty(hub.Dirty());
    }

    private SeriesHub Hub() => new(new SeriesBook(() => ++_writer));
}
