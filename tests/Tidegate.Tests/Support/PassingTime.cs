using Microsoft.Extensions.Time.Testing;

namespace Tidegate.Tests.Support;

/// <summary>Lets the time of a test's clock pass.</summary>
internal static class PassingTime
{
    /// <summary>In steps of a tenth of a second until the task has ended. For what only waits for time: whatever else is under way meanwhile may be late by this clock.</summary>
    public static async Task<T> PassUntilAsync<T>(this FakeTimeProvider time, Task<T> ended)
    {
        while (!ended.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        return await ended;
    }
}
