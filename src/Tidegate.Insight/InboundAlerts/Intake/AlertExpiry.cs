using Microsoft.Extensions.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.InboundAlerts.Intake;

/// <summary>
/// Ends alerts that nobody speaks of any more, on the node that holds the lease. Not right after nobody could speak: after a start, or while the database was away,
/// programs get time to say again what goes on, or every restart would end all alerts and page anew.
/// </summary>
internal sealed partial class AlertExpiry(InboundAlertStore store, InboundAlertCounts counts, StateStore state, Leases leases, TimeProvider time, ILogger<AlertExpiry> logger) : BackgroundService
{
    private const int Batch = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>Prometheus says again every minute what goes on, and groups may be evaluated at minutes' distance.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>How often those that ended long ago are looked for.</summary>
    private static readonly TimeSpan ForgetPause = TimeSpan.FromHours(6);

    private readonly StateWatch _watch = new(state);
    private DateTimeOffset? _heardSince;
    private DateTimeOffset _forgot;

    /// <summary>One look. How many ended.</summary>
    internal async Task<int> RunAsync(CancellationToken cancel)
    {
        try
        {
            if (!await leases.HoldAsync("inbound_alerts", cancel))
            {
                _heardSince = null;
                return 0;
            }

            var now = time.GetUtcNow();
            _heardSince ??= now;
            if (now - _heardSince < Grace) return 0;
            if (now - _forgot >= ForgetPause)
            {
                await store.ForgetAsync(cancel);
                _forgot = now;
            }

            var ended = 0;
            // While none fires, there is something to see only when somebody has changed something.
            if (counts.Open > 0) await LookAsync(cancel);
            else await _watch.LookAsync(LookAsync, cancel);
            return ended;

            async Task LookAsync(CancellationToken inner)
            {
                int once;
                do ended += once = await store.ExpireAsync(Batch, inner);
                while (once == Batch);
            }
        }
        catch (StateUnavailableException unavailable)
        {
            _heardSince = null;
            Log.Waits(logger, unavailable.Message);
            return 0;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await store.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Pause, time);
        do await RunAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(3601, LogLevel.Warning, "Alerts from outside that nobody speaks of any more are not ended yet: {Reason}")]
        public static partial void Waits(ILogger logger, string reason);
    }
}
