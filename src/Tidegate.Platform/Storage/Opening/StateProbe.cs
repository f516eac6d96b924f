using Microsoft.Extensions.Hosting;

namespace Tidegate.Platform.Storage.Opening;

/// <summary>
/// Takes the write lock now and then and changes nothing: so that the status shows a database that is locked or gone before somebody's change fails, and shows
/// that it is well again when nobody changes anything.
/// </summary>
internal sealed class StateProbe(StateStore store, TimeProvider time) : BackgroundService
{
    /// <summary>Time between two looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await store.Ready.WaitAsync(stoppingToken);
        while (true)
        {
            await Task.Delay(Interval, time, stoppingToken);
            try
            {
                await store.ProbeAsync(stoppingToken);
            }
            catch (StateUnavailableException)
            {
                // Noted and logged by the store.
            }
        }
    }
}
