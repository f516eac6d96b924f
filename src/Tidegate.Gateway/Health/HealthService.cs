using Microsoft.Extensions.Hosting;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Health;

/// <summary>Sends the probes that are due, each destination at its own pace, and looks for latency outliers once a second.</summary>
internal sealed partial class HealthService(RunningServices services, HealthMetrics metrics, TimeProvider time, IRandomSource random, ILogger<HealthService> logger) : BackgroundService
{
    private readonly HealthMetrics _metrics = metrics; // its gauges are made with it, and somebody must ask for it

    /// <summary>How often it looks what is due: the shortest interval a document may ask for.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    /// <summary>Probes of one destination are spread by up to this share of their interval, so that those of many nodes do not coincide.</summary>
    private const double Spread = 0.1;

    private long _outliersAt;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        do
        {
            try
            {
                Look(time.GetTimestamp(), stoppingToken);
            }
            catch (Exception e)
            {
                Log.Fault(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Look(long now, CancellationToken stop)
    {
        foreach (var service in services.Current)
        {
            foreach (var destination in service.Destinations)
            {
                var probes = destination.State.Probes;
                if (service.Config.Health.Active is not { } active) probes.Forget();
                else if (probes.TryStart(now, NextAt(active, now))) _ = ProbeAsync(service, destination, active, stop);
            }
        }

        if (now < _outliersAt) return;
        _outliersAt = Ticks.After(now, Ticks.Of(time, TimeSpan.FromSeconds(1)));
        foreach (var service in services.Current) LatencyOutliers.Eject(service, time, now);
    }

    private long NextAt(ActiveHealthConfig config, long now) =>
        Ticks.After(now, Ticks.Of(time, config.Interval * (1 + (Spread * ((2 * random.NextDouble()) - 1)))));

    private async Task ProbeAsync(ServiceModel service, DestinationModel destination, ActiveHealthConfig config, CancellationToken stop)
    {
        string? failure;
        using var timeout = new CancellationTokenSource(config.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
        try
        {
            failure = await HealthProbes.ByName[config.Type].AskAsync(service, destination, config, either.Token);
        }
        catch (Exception e)
        {
            failure = timeout.IsCancellationRequested ? $"no answer within {config.Timeout.TotalSeconds:0.###} s" : $"probe failed: {e.GetBaseException().Message}";
        }

        if (!stop.IsCancellationRequested) destination.State.Probes.Report(config, failure, time.GetTimestamp());
        destination.State.Probes.Ended();
    }

    private static partial class Log
    {
        [LoggerMessage(1804, LogLevel.Error, "Health checks failed inside the gateway and go on. This is a bug: please report it with this message.")]
        public static partial void Fault(ILogger logger, Exception exception);
    }
}
