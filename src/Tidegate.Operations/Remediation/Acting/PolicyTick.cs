using Microsoft.Extensions.Hosting;
using Tidegate.Insight.Indicators;
using Tidegate.Platform.Storage;

namespace Tidegate.Operations.Remediation.Acting;

/// <summary>Has policies look at budgets as often as budgets are judged.</summary>
internal sealed partial class PolicyTick(PolicyEngine engine, TimeProvider time, ILogger<PolicyTick> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await engine.Ready.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await engine.RunAsync(stoppingToken);
            }
            catch (StateUnavailableException unavailable)
            {
                Log.NotRead(logger, unavailable.Message);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, error.Message, error);
            }

            await Task.Delay(SeriesHub.Tick, time, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4110, LogLevel.Warning, "Error budget policies wait for the state database: {Reason}")]
        public static partial void NotRead(ILogger logger, string reason);

        [LoggerMessage(4111, LogLevel.Error, "Error budget policies could not be looked at, and are again at the next tick: {Reason}")]
        public static partial void Failed(ILogger logger, string reason, Exception error);
    }
}
