using Microsoft.Extensions.Hosting;

namespace Tidegate.Platform.Storage.Opening;

/// <summary>
/// Opens the state database when the process starts. A database that is away for a moment does not stop the process (traffic runs on the last good
/// configuration); it is tried again until it is there. One that can never work stops it.
/// </summary>
internal sealed partial class StateOpening(StateStore store, TimeProvider time, ILogger<StateOpening> logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.OpenAsync(cancellationToken);
        }
        catch (StateUnavailableException error) when (!error.Permanent)
        {
            Log.NotYet(logger, store.Description, error.Message, error);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = TimeSpan.FromSeconds(1); !store.Ready.IsCompleted; pause = Min(pause * 2, LongestPause))
        {
            await Task.Delay(pause, time, stoppingToken);
            try
            {
                await store.OpenAsync(stoppingToken);
            }
            catch (StateUnavailableException error)
            {
                Log.NotYet(logger, store.Description, error.Message, error);
            }
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static partial class Log
    {
        [LoggerMessage(2010, LogLevel.Error, "State database not open ({Database}): {Reason} Trying again; control answers 503 until then.")]
        public static partial void NotYet(ILogger logger, string database, string reason, Exception error);
    }
}
