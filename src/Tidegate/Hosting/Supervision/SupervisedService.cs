using Tidegate.Platform.Storage;

namespace Tidegate.Hosting.Supervision;

/// <summary>
/// Background work of a module, kept apart from everybody else's: a crash is logged, shown in the status and started again after a growing pause;
/// a service that cannot start or stop does not keep the others from it.
/// </summary>
/// <param name="inner">The work.</param>
/// <param name="module">Where failures are shown.</param>
/// <param name="time">Measures pauses.</param>
/// <param name="logger">Where crashes are told.</param>
/// <param name="owned">The work was made for this; others dispose of theirs.</param>
internal sealed partial class SupervisedService(IHostedService inner, ModuleState module, TimeProvider time, ILogger<SupervisedService> logger, bool owned = false) : IHostedService, IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Work that ran this long before it crashed begins again with the short pause.</summary>
    private static readonly TimeSpan Healthy = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);
    private readonly CancellationTokenSource _stopping = new();
    private Task _watch = Task.CompletedTask;

    private string Work => inner.GetType().Name;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await inner.StartAsync(cancellationToken);
        }
        catch (Exception error) when (!StopsTheProcess(error) && !cancellationToken.IsCancellationRequested)
        {
            Log.NotStarted(logger, module.Name, Work, error.Message, error);
            module.Failed(this, $"{Work} could not start: {error.Message}");
            return;
        }

        if (inner is BackgroundService work) _watch = WatchAsync(work, cancellationToken, _stopping.Token);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StopLimit);
        try
        {
            await inner.StopAsync(limit.Token).WaitAsync(StopLimit + TimeSpan.FromSeconds(1), time, CancellationToken.None);
            await _watch;
        }
        catch (Exception error)
        {
            Log.NotStopped(logger, module.Name, Work, error.Message, error);
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        if (owned) (inner as IDisposable)?.Dispose();
    }

    // A database of a newer version must not be touched by going on without it.
    private static bool StopsTheProcess(Exception error) => error is StateUnavailableException { Permanent: true };

    // Work goes on under the token it was started with: a start that is given up ends it, which is no crash.
    private async Task WatchAsync(BackgroundService work, CancellationToken starting, CancellationToken stopping)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var began = time.GetTimestamp();
            try
            {
                await (work.ExecuteTask ?? Task.CompletedTask);
                return; // work may end of itself
            }
            catch (Exception) when (stopping.IsCancellationRequested || starting.IsCancellationRequested)
            {
                return;
            }
            catch (Exception crash)
            {
                if (time.GetElapsedTime(began) >= Healthy) pause = FirstPause;
                Log.Crashed(logger, module.Name, Work, pause.TotalSeconds, crash);
                module.Failed(this, $"{Work} crashed: {crash.Message}");
            }

            if (!await RestartAsync(work, pause, stopping)) return;
        }
    }

    private async Task<bool> RestartAsync(BackgroundService work, TimeSpan pause, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(pause, time, stopping);
            await work.StartAsync(stopping);
            module.Runs(this);
            module.Restarted();
            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception error)
        {
            Log.NotStarted(logger, module.Name, Work, error.Message, error);
            return true; // ExecuteTask still holds the crash: the watch pauses longer and tries again
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9010, LogLevel.Error, "{Module}: {Work} could not start: {Reason} The rest of the node goes on without it.")]
        public static partial void NotStarted(ILogger logger, string module, string work, string reason, Exception error);

        [LoggerMessage(9011, LogLevel.Error, "{Module}: {Work} crashed and starts again in {Seconds} s")]
        public static partial void Crashed(ILogger logger, string module, string work, double seconds, Exception error);

        [LoggerMessage(9012, LogLevel.Warning, "{Module}: {Work} did not stop in order: {Reason}")]
        public static partial void NotStopped(ILogger logger, string module, string work, string reason, Exception error);
    }
}
