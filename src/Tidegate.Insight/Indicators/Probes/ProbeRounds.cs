using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Hosting;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.Schema;
using Tidegate.Core.Windows;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Indicators.Probes;

/// <summary>
/// Runs probes when they are due, on the node that judges objectives, so many at a time at most. A probe that is still running when it is due again is not begun a
/// second time; one that waits for its turn takes its time from when it begins to ask.
/// </summary>
internal sealed partial class ProbeRounds(ProbeSource source, IEnumerable<IProbe> kinds, SeriesHub hub, StateStore state, Leases leases, TimeProvider time, ILogger<ProbeRounds> logger) : BackgroundService
{
    /// <summary>Probes that ask at a time. With a time-out of 5 seconds each, 32 run 6 a second even when none is answered.</summary>
    private const int AtATime = 32;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Dictionary<ProbeIndicatorType, IProbe> _kinds = kinds.ToDictionary(k => k.Type);
    private readonly SemaphoreSlim _turns = new(AtATime);
    private readonly HashSet<Task> _running = [];
    private DateTimeOffset _leadUntil;

    public override void Dispose()
    {
        base.Dispose();
        _turns.Dispose();
    }

    /// <summary>Begins everything that is due.</summary>
    internal async Task BeginAsync(CancellationToken cancel)
    {
        if (source.Probes.Count == 0 || !await LeadsAsync(cancel)) return;
        var now = time.GetUtcNow();
        _running.RemoveWhere(t => t.IsCompleted);
        foreach (var probe in source.Probes)
        {
            if (probe.NextAt > now || !probe.TryBegin()) continue;
            // What was missed is missed: it is no data, and is not asked after.
            while (probe.NextAt <= now) probe.NextAt += probe.Config.Interval;
            _running.Add(RunAsync(probe, cancel));
        }
    }

    /// <summary>Everything that is due, to its end.</summary>
    internal async Task RunAsync(CancellationToken cancel)
    {
        await BeginAsync(cancel);
        await Task.WhenAll(_running);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Beat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await BeginAsync(stoppingToken);
        }
        finally
        {
            await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // What is counted here is judged here: the lease is that of the judge.
    private async Task<bool> LeadsAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (now < _leadUntil) return true;
        try
        {
            if (!await leases.HoldAsync("objectives", cancel)) return false;
        }
        catch (StateUnavailableException)
        {
            // Nobody can take the lease either: what was ours goes on.
        }

        _leadUntil = now + (Leases.Length / 3);
        return true;
    }

    private async Task RunAsync(ProbeState probe, CancellationToken stop)
    {
        try
        {
            await _turns.WaitAsync(stop);
            try
            {
                await AskAsync(probe, stop);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The node stops: nobody knows how it would have gone.
        }
        finally
        {
            probe.End();
        }
    }

    private async Task AskAsync(ProbeState probe, CancellationToken stop)
    {
        var (at, began) = (time.GetUtcNow(), time.GetTimestamp());
        string? problem;
        using (var limit = new CancellationTokenSource(probe.Config.Timeout, time))
        using (var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop))
        {
            try
            {
                problem = await _kinds[probe.Config.Type].AskAsync(probe.Config, both.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                problem = $"no answer within {Duration.Format(probe.Config.Timeout)}";
            }
            catch (Exception error) when (error is SocketException or IOException or HttpRequestException or AuthenticationException)
            {
                problem = limit.IsCancellationRequested ? $"no answer within {Duration.Format(probe.Config.Timeout)}" : (error.InnerException ?? error).Message;
            }
            catch (Exception error) when (!stop.IsCancellationRequested)
            {
                // A kind of probe that breaks must not stop the others, and must be seen.
                Log.Broke(logger, probe.Series, error);
                problem = $"the probe failed: {error.Message}";
            }
        }

        var took = time.GetElapsedTime(began);
        var durations = new LatencyHistogram();
        durations.Record((long)took.TotalMicroseconds);
        hub.Add(probe.Series, at, new Tally(problem is null ? 0 : 1, 1), durations);
        if (problem is not null && probe.Last?.Problem is null) Log.Bad(logger, probe.Series, problem);
        else if (problem is null && probe.Last?.Problem is not null) Log.Good(logger, probe.Series);
        probe.Last = new ProbeResult(at, problem, took);
    }

    private static partial class Log
    {
        [LoggerMessage(3260, LogLevel.Warning, "Probe {Series} is bad: {Problem}")]
        public static partial void Bad(ILogger logger, string series, string problem);

        [LoggerMessage(3261, LogLevel.Information, "Probe {Series} is good again")]
        public static partial void Good(ILogger logger, string series);

        [LoggerMessage(3262, LogLevel.Error, "Probe {Series} failed inside Tidegate")]
        public static partial void Broke(ILogger logger, string series, Exception error);
    }
}
