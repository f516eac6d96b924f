using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Indicators.Probes;
using Tidegate.Insight.Indicators.Series;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Indicators.Probes;

/// <summary>When probes run, and what is counted of them.</summary>
public sealed class ProbeRoundsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly SqliteTestDatabase _database = new();
    private readonly FakeTimeProvider _time = new(Start);
    private readonly TestRandom _random = new();
    private readonly SeriesHub _hub = new(new SeriesBook(() => 1));
    private readonly ScriptedProbe _probe = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _hub.Dispose();
        return _database.DisposeAsync();
    }

    [Fact]
    public async Task Run_DueProbes_AreCountedGoodOrBadAtTheirIntervals()
    {
        _random.Then(0.5);
        var source = Source(Config("a"));
        using var rounds = await RoundsAsync(source);
        var series = source.Probes.Single().Series;

        await rounds.RunAsync(cancel: Cancel);
        Assert.Equal(0, _probe.Asked);
        _time.Advance(TimeSpan.FromSeconds(15)); // half of the interval was drawn
        await rounds.RunAsync(Cancel);
        Assert.Null(source.Latest(series));
        _probe.Answer = "it is on fire";
        _time.Advance(TimeSpan.FromSeconds(29));
        await rounds.RunAsync(Cancel);
        _time.Advance(TimeSpan.FromSeconds(1));
        await rounds.RunAsync(Cancel);

        Assert.Equal(2, _probe.Asked);
        Assert.Equal([(Start.AddSeconds(15), new Tally(0, 1)), (Start.AddSeconds(45), new Tally(1, 1))], _hub.Take().Deltas.Select(d => (d.At, d.Events)));
        Assert.Equal($"The last probe ({Start.AddSeconds(45):u}) was bad: it is on fire", source.Latest(series));
        Assert.Null(((IIndicatorSource)source).Trouble(series));
    }

    [Fact]
    public async Task Run_AfterAPause_AsksOnceAndDoesNotMakeUpForWhatWasMissed()
    {
        _random.Then(0);
        using var rounds = await RoundsAsync(Source(Config("a")));
        _time.Advance(TimeSpan.FromMinutes(10));
        await rounds.RunAsync(Cancel);
        await rounds.RunAsync(Cancel);

        Assert.Equal(1, _probe.Asked);
    }

    [Fact]
    public async Task Run_NoAnswerInTime_IsBad()
    {
        _random.Then(0);
        var source = Source(Config("a"));
        using var rounds = await RoundsAsync(source);
        _probe.Hang = true;
        await rounds.BeginAsync(Cancel);
        await _probe.BegunAsync(1);
        // Still at it when it is due again: not begun twice.
        await rounds.BeginAsync(Cancel);
        Assert.Equal(1, _probe.Asked);
        _time.Advance(TimeSpan.FromSeconds(5));
        await rounds.RunAsync(Cancel);

        Assert.Equal(new Tally(1, 1), Assert.Single(_hub.Take().Deltas).Events);
        Assert.EndsWith("no answer within 5s", source.Latest(source.Probes.Single().Series), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ManyAtOnce_AskNoMoreThanMayAtATime()
    {
        var source = Source([.. Enumerable.Range(0, 100).Select(i => Config($"p{i}"))]);
        using var rounds = await RoundsAsync(source);
        _time.Advance(TimeSpan.FromSeconds(30));
        _probe.Hang = true;
        await rounds.BeginAsync(Cancel);
        await _probe.BegunAsync(32);
        Assert.Equal(32, _probe.Asked);
        _probe.Release();
        await rounds.RunAsync(Cancel);

        Assert.Equal((100, 32), (_probe.Asked, _probe.MostAtOnce));
        Assert.Equal(100, _hub.Take().Deltas.Count);
    }

    // A kind that breaks is seen, and stops nobody.
    [Fact]
    public async Task Run_ProbeThatThrows_IsBadAndSaysSo()
    {
        _random.Then(0);
        var source = Source(Config("a"));
        using var rounds = await RoundsAsync(source);
        _probe.Break = new InvalidOperationException("broken");
        await rounds.RunAsync(Cancel);

        Assert.EndsWith("the probe failed: broken", source.Latest(source.Probes.Single().Series), StringComparison.Ordinal);
        Assert.Equal(new Tally(1, 1), Assert.Single(_hub.Take().Deltas).Events);
    }

    [Fact]
    public async Task Run_NodeThatDoesNotLead_AsksNothing()
    {
        _random.Then(0);
        var store = await _database.OpenAsync();
        Assert.True(await new Leases(store, true, _time).HoldAsync("objectives", Cancel));
        using var rounds = await RoundsAsync(Source(Config("a")), new Leases(store, true, _time));
        await rounds.RunAsync(Cancel);
        Assert.Equal(0, _probe.Asked);

        _time.Advance(Leases.Length + TimeSpan.FromSeconds(1));
        await rounds.RunAsync(Cancel);
        Assert.Equal(1, _probe.Asked);
    }

    [Fact]
    public void Use_UnchangedProbe_KeepsItsBeat()
    {
        _random.Then(0.25, 0.75, 0.5);
        var source = Source(Config("a"));
        var before = source.Probes.Single();
        source.Use([ProbeIndicator.Of(Config("a")), ProbeIndicator.Of(Config("a") with { Method = "HEAD" })], ConfigDocument.Empty);

        Assert.Contains(before, source.Probes);
        Assert.Equal(2, source.Probes.Select(p => p.Series).Distinct().Count());
    }

    private static ProbeIndicatorConfig Config(string target) => ProbeKindTests.Config(ProbeIndicatorType.Http, target);

    private ProbeSource Source(params ProbeIndicatorConfig[] configs)
    {
        var source = new ProbeSource(_random, _time);
        source.Use([.. configs.Select(ProbeIndicator.Of)], ConfigDocument.Empty);
        return source;
    }

    private async Task<ProbeRounds> RoundsAsync(ProbeSource source, Leases? leases = null)
    {
        var store = await _database.OpenAsync();
        return new ProbeRounds(source, [_probe], _hub, store, leases ?? new Leases(store, false, _time), _time, NullLogger<ProbeRounds>.Instance);
    }

    /// <summary>The far end of a probe, as a test wants it.</summary>
    private sealed class ScriptedProbe : IProbe, IDisposable
    {
        private readonly SemaphoreSlim _begun = new(0);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _asked;
        private int _now;

        public ProbeIndicatorType Type => ProbeIndicatorType.Http;

        public void Dispose() => _begun.Dispose();

        public string? Answer { get; set; }

        public bool Hang { get; set; }

        public Exception? Break { get; set; }

        public int Asked => Volatile.Read(ref _asked);

        public int MostAtOnce { get; private set; }

        public async Task<string?> AskAsync(ProbeIndicatorConfig config, CancellationToken cancel)
        {
            Interlocked.Increment(ref _asked);
            lock (_begun) MostAtOnce = Math.Max(MostAtOnce, ++_now);
            _begun.Release();
            try
            {
                if (Break is { } error) throw error;
                if (Hang) await _released.Task.WaitAsync(cancel);
                return Answer;
            }
            finally
            {
                lock (_begun) _now--;
            }
        }

        public async Task BegunAsync(int times)
        {
            for (var i = 0; i < times; i++) await _begun.WaitAsync(Cancel);
        }

        public void Release() => _released.SetResult();
    }
}
