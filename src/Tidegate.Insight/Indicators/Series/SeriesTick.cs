using Microsoft.Extensions.Hosting;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators.Counting;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Indicators.Series;

/// <summary>Every 10 seconds: takes out what was counted, writes it down, and lets objectives be judged by it.</summary>
internal sealed partial class SeriesTick(
    CallCounter counter, SeriesHub hub, SeriesStore store, IEnumerable<ISeriesListener> listeners, SeriesHealth health, TimeProvider time, ILogger<SeriesTick> logger, SeriesPeers? peers = null)
    : BackgroundService
{
    /// <summary>One tick. Its parts fail each on its own: counts that cannot be written wait, objectives are judged all the same.</summary>
    internal async Task RunAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        Drain(now);
        await hub.Turn.WaitAsync(cancel);
        try
        {
            var (dirty, coverage, deltas) = hub.Take();
            var stored = await WriteAsync(dirty, coverage, now, cancel);
            if (stored && peers is not null) (stored, deltas) = await WithPeersAsync(peers, deltas, now, cancel);
            foreach (var listener in listeners) await listener.TickAsync(deltas, now, stored, cancel);
        }
        finally
        {
            hub.Turn.Release();
        }
    }

    // Objectives whose past is read now must find it as the others were told of it.
    private static async Task<(bool Stored, IReadOnlyList<SeriesDelta> Deltas)> WithPeersAsync(SeriesPeers peers, IReadOnlyList<SeriesDelta> deltas, DateTimeOffset now, CancellationToken cancel)
    {
        try
        {
            return (true, [.. deltas, .. await peers.ReadAsync(now, cancel)]);
        }
        catch (StateUnavailableException)
        {
            return (false, deltas);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // What was counted since the last tick is written before the process ends.
        Drain(time.GetUtcNow());
        var (dirty, coverage, _) = hub.Take();
        await WriteAsync(dirty, coverage, time.GetUtcNow(), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SeriesHub.Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await RunAsync(stoppingToken);
    }

    private void Drain(DateTimeOffset now)
    {
        var durations = new LatencyHistogram();
        foreach (var cell in counter.Cells)
        {
            durations.Clear();
            var events = cell.Drain(durations);
            hub.Add(cell.Series, now, events, durations.Count > 0 ? durations : null);
            if (events.IsEmpty) counter.Forget(cell);
        }
    }

    private async Task<bool> WriteAsync(IReadOnlyList<SeriesBucket> dirty, IReadOnlyList<SeriesCoverage> coverage, DateTimeOffset now, CancellationToken cancel)
    {
        try
        {
            await store.WriteAsync(dirty, coverage, cancel);
            hub.Written(dirty, coverage, now);
            health.Written();
            return true;
        }
        catch (StateUnavailableException unavailable)
        {
            if (health.NotWritten(now, dirty.Count)) Log.NotWritten(logger, dirty.Count, unavailable.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3200, LogLevel.Error, "{Buckets} minutes of counts behind objectives cannot be written and are kept in memory until they can: {Reason}")]
        public static partial void NotWritten(ILogger logger, int buckets, string reason);
    }
}
