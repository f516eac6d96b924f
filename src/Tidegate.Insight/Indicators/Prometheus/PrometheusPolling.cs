using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Tidegate.Insight.Indicators.Series;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Indicators.Prometheus;

/// <summary>
/// Asks Prometheus servers, on the node that judges objectives. Each server has its own round, so that a slow one holds up nobody else's; in a round what is new
/// comes first, and some of the past after it.
/// </summary>
internal sealed partial class PrometheusPolling(PrometheusSource source, SeriesHub hub, SeriesStore store, StateStore state, Leases leases, TimeProvider time, ILogger<PrometheusPolling> logger) : BackgroundService
{
    /// <summary>How long in a round a server is asked for the past, in parts of a day at most: the rest of the time until the next is its own.</summary>
    private static readonly TimeSpan PastPerRound = TimeSpan.FromSeconds(5);

    /// <summary>An expression that is at fault is not better 10 seconds later.</summary>
    private static readonly TimeSpan AfterFault = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Task> _rounds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _told = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(SeriesHub.Tick, time);
        try
        {
            do await BeginAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            await Task.WhenAll(_rounds.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A round of every server, to its end.</summary>
    internal async Task RunAsync(CancellationToken cancel)
    {
        await BeginAsync(cancel);
        await Task.WhenAll(_rounds.Values);
    }

    /// <summary>Begins a round of every server whose last one is over.</summary>
    internal async Task BeginAsync(CancellationToken cancel)
    {
        if (!source.Feeds.Any() || !await LeadsAsync(cancel)) return;
        foreach (var feeds in source.Feeds.GroupBy(f => f.Indicator.Part.Server.Key, StringComparer.Ordinal))
        {
            // The last round of this server is not over: it has more than it can answer in time.
            if (_rounds.TryGetValue(feeds.Key, out var running) && !running.IsCompleted)
            {
                foreach (var feed in feeds) feed.TellLate(time.GetUtcNow());
                continue;
            }

            _rounds[feeds.Key] = RoundAsync([.. feeds], cancel);
        }
    }

    private async Task<bool> LeadsAsync(CancellationToken cancel)
    {
        try
        {
            if (await leases.HoldAsync("objectives", cancel)) return true;
            // A round that still runs uses them: then at a later beat.
            if (_rounds.Values.All(r => r.IsCompleted))
            {
                foreach (var feed in source.Feeds) feed.Forget();
            }

            return false;
        }
        catch (StateUnavailableException)
        {
            // Nobody can take the lease either: what was ours is asked on, and kept in memory until it can be written.
            return true;
        }
    }

    private async Task RoundAsync(IReadOnlyList<PrometheusFeed> feeds, CancellationToken cancel)
    {
        var round = new PrometheusRound();
        // Those that are judged come first: newcomers bring days.
        var due = feeds.Where(f => !f.IsRecalled || f.IsDue(time.GetUtcNow())).OrderBy(f => f.Coverage is null);
        await ForEachAsync(due, feed => LookAsync(feed, round, back: false, cancel), cancel);
        var began = time.GetTimestamp();
        var past = feeds.Where(f => f.HasPast(hub, time.GetUtcNow())).OrderByDescending(f => f.Coverage!.From);
        await ForEachAsync(past.TakeWhile(_ => time.GetElapsedTime(began) < PastPerRound && !hub.IsFull), feed => LookAsync(feed, round, back: true, cancel), cancel);
    }

    // Nothing that is wrong with one stops the others.
    private async Task LookAsync(PrometheusFeed feed, PrometheusRound round, bool back, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        try
        {
            if (round.Unreachable(feed.Indicator) is { } known)
            {
                if (!back) feed.Fail(known, now);
                return;
            }

            if (!feed.IsRecalled) await feed.RecallAsync(store, hub, cancel);
            if (!back && !feed.IsDue(now)) return;
            if (!back && feed.BringsMuch(now) && hub.IsFull)
            {
                feed.Fail("It is not asked yet: what others brought of the past must be written first.", now);
                return;
            }

            var refused = back ? await feed.LookBackAsync(source.ServerOf, hub, now, cancel) : await feed.LookAsync(source.ServerOf, hub, now, cancel);
            round.Answered(feed.Indicator);
            Tell(feed, refused);
        }
        catch (PrometheusException wrong)
        {
            round.Failed(wrong);
            // Asked for less, it may do.
            var less = wrong.Fault is PrometheusFault.TooMuch or PrometheusFault.Silent && feed.Shrink();
            var again = wrong.Fault == PrometheusFault.Unreachable || (wrong.Fault == PrometheusFault.TooMuch && less) ? now : now + AfterFault;
            if (back) feed.FailPast(wrong.Message, now, again);
            else feed.Fail(wrong.Message, again);
            Tell(feed, wrong.Message);
        }
        catch (ObjectDisposedException)
        {
            // The configuration reaches it otherwise by now.
            feed.Fail("It is asked in a new way from now on.", now);
        }
        catch (StateUnavailableException unavailable)
        {
            feed.Fail($"It is not known yet what was asked before: {unavailable.Message}", now);
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            feed.Fail($"It could not be asked: {unexpected.Message}", now + AfterFault);
            Log.Unexpected(logger, unexpected, feed.Indicator.Series);
        }
    }

    private static Task ForEachAsync(IEnumerable<PrometheusFeed> feeds, Func<PrometheusFeed, Task> look, CancellationToken cancel) =>
        Parallel.ForEachAsync(feeds, new ParallelOptions { MaxDegreeOfParallelism = PrometheusServer.MostAtOnce, CancellationToken = cancel }, async (feed, _) => await look(feed));

    // Once per spell: what is shown with the objective need not fill the log.
    private void Tell(PrometheusFeed feed, string? reason)
    {
        var series = feed.Indicator.Series;
        if (reason is null) _told.TryRemove(series, out _);
        else if (_told.TryAdd(series, reason)) Log.NoData(logger, feed.Indicator.Text, reason);
    }

    private static partial class Log
    {
        [LoggerMessage(3230, LogLevel.Warning, "Events of \"{Indicator}\" are missing: {Reason}")]
        public static partial void NoData(ILogger logger, string indicator, string reason);

        [LoggerMessage(3231, LogLevel.Error, "{Series} could not be asked")]
        public static partial void Unexpected(ILogger logger, Exception error, string series);
    }
}
