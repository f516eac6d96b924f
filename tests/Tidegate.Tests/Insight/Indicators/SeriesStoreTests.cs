using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Indicators.Series;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Indicators;

public sealed class SeriesStoreOnSqliteTests() : SeriesStoreTests(new SqliteTestDatabase());

public sealed class SeriesStoreOnPostgresTests(PostgresServer server) : SeriesStoreTests(new PostgresTestDatabase(server));

public abstract class SeriesStoreTests(TestDatabase database) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private StateStore _state = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _state = await database.OpenAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    [Fact]
    public async Task WriteAsync_TheSameTwice_CountsOnce()
    {
        var store = new SeriesStore(_state);
        var bucket = new SeriesBucket("a", SeriesBook.MinuteOf(Start), 7, new Tally(1, 10), null);

        await store.WriteAsync([bucket], Cancel);
        await store.WriteAsync([bucket with { Events = new Tally(2, 20) }], Cancel);
        await new SeriesStore(_state).WriteAsync([bucket with { Writer = 8 }], Cancel); // another process, the same minute

        Assert.Equal(new SeriesDelta("a", Start, new Tally(3, 30), TimeSpan.FromMinutes(1)), Assert.Single(await store.ReadAsync("a", Start, Start, Cancel)));
    }

    [Fact]
    public async Task ReadAsync_OldAndRecent_IsByTheHourAndByTheMinute()
    {
        var store = new SeriesStore(_state);
        await store.WriteAsync([.. Enumerable.Range(0, 120).Select(m => new SeriesBucket("a", SeriesBook.MinuteOf(Start) + m, 7, new Tally(1, 2), null))], Cancel);

        var read = await store.ReadAsync("a", Start, Start.AddHours(1), Cancel);

        Assert.Equal(new Tally(60, 120), read[0].Events);
        Assert.Equal(61, read.Count);
        Assert.Empty(await store.ReadAsync("unknown", Start, Start, Cancel));
    }

    [Fact]
    public async Task WriteAsync_MoreThanOneChangeHolds_WritesAll_AndTheCoverageLast()
    {
        var store = new SeriesStore(_state);
        var minutes = Enumerable.Range(0, 45_000).Select(i => new SeriesBucket("a", SeriesBook.MinuteOf(Start) + i, 7, new Tally(1, 2), null)).ToList();

        await store.WriteAsync(minutes, [new SeriesCoverage("a", 1, 2)], Cancel);
        await store.WriteAsync([], [new SeriesCoverage("b", 3, 4)], Cancel);

        Assert.Equal(90_000, (await store.ReadAsync("a", Start, Start.AddDays(90), Cancel)).Sum(d => d.Events.Total));
        Assert.Equal((new SeriesCoverage("a", 1, 2), new SeriesCoverage("b", 3, 4)), (await store.CoverageAsync("a", Cancel), await store.CoverageAsync("b", Cancel)));
    }

    [Fact]
    public async Task Coarsening_OldCounts_BecomeCoarserAndKeepTheirSums()
    {
        var store = new SeriesStore(_state);
        var durations = new LatencyHistogram();
        durations.Record(1500);
        await store.WriteAsync([.. Enumerable.Range(0, 60).SelectMany(m => new[] { "a", "b" }.Select(s => new SeriesBucket(s, SeriesBook.MinuteOf(Start) + m, 7 + (m % 2), new Tally(1, 3), durations.ToBytes())))], Cancel);
        var time = new FakeTimeProvider(Start.AddDays(8));
        var coarsening = new SeriesCoarsening(_state, new Leases(_state, false, time), time);

        await coarsening.RunAsync(Cancel);
        var fives = await store.ReadAsync("a", Start, Start, Cancel);
        time.Advance(TimeSpan.FromDays(90));
        await coarsening.RunAsync(Cancel);
        var hours = await store.ReadAsync("a", Start, Start, Cancel);

        Assert.Equal((12, new Tally(5, 15)), (fives.Count, fives[0].Events));
        Assert.Equal(new SeriesDelta("a", Start, new Tally(60, 180), TimeSpan.FromHours(1)), Assert.Single(hours));
        Assert.Equal(60, (await store.DurationsAsync("b", Start, Start.AddHours(1), Cancel))!.Count);
        time.Advance(TimeSpan.FromDays(731));
        await coarsening.RunAsync(Cancel);
        Assert.Empty(await store.ReadAsync("a", Start, Start, Cancel));
    }

    [Fact]
    public async Task Coarsening_CountsThatComeLate_AreAddedToWhatWasThere()
    {
        var store = new SeriesStore(_state);
        var durations = new LatencyHistogram();
        durations.Record(1500);
        var minute = SeriesBook.MinuteOf(Start);
        var time = new FakeTimeProvider(Start.AddDays(8));
        var coarsening = new SeriesCoarsening(_state, new Leases(_state, false, time), time);
        await store.WriteAsync([new("a", minute, 7, new Tally(1, 3), durations.ToBytes()), new("a", minute + 7, 7, new Tally(0, 2), null)], Cancel);
        await coarsening.RunAsync(Cancel);

        await store.WriteAsync([new("a", minute + 1, 8, new Tally(2, 4), durations.ToBytes()), new("b", minute, 8, new Tally(0, 9), null)], Cancel);
        await coarsening.RunAsync(Cancel);

        Assert.Equal([new(3, 7), new(0, 2)], (await store.ReadAsync("a", Start, Start, Cancel)).Select(d => d.Events));
        Assert.Equal(2, (await store.DurationsAsync("a", Start, Start.AddHours(1), Cancel))!.Count);
        Assert.Equal(new Tally(0, 9), Assert.Single(await store.ReadAsync("b", Start, Start, Cancel)).Events);
    }

    [Fact]
    public async Task WriteAsync_Coverage_GrowsOnBothSidesWhoeverWritesIt()
    {
        var store = new SeriesStore(_state);
        var minute = SeriesBook.MinuteOf(Start);
        Assert.Null(await store.CoverageAsync("a", Cancel));

        await store.WriteAsync([new("a", minute, SeriesBook.Source, new Tally(1, 3), null), new("a", minute, 7, new Tally(9, 9), null)], [new("a", minute, minute + 1)], Cancel);
        await store.WriteAsync([], [new("a", minute - 5, minute)], Cancel);

        Assert.Equal(new SeriesCoverage("a", minute - 5, minute + 1), await store.CoverageAsync("a", Cancel));
        Assert.Equal((Start, new Tally(1, 3)), Assert.Single(await store.SaidAsync("a", Start, Cancel)));
        Assert.Empty(await store.SaidAsync("a", Start.AddMinutes(1), Cancel));
    }
}
