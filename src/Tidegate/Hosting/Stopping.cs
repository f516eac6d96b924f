namespace Tidegate.Hosting;

/// <summary>Waiting for the end.</summary>
internal static class Stopping
{
    /// <summary>Completes when <paramref name="asked"/> is cancelled, without throwing: being asked to stop is not an error.</summary>
    public static async Task UntilAsked(CancellationToken asked)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (asked.Register(stop.SetResult)) await stop.Task;
    }
}
