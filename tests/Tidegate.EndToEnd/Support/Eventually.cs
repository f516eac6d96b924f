using System.Diagnostics;

namespace Tidegate.EndToEnd.Support;

/// <summary>Waiting for something that another process will bring about: looked at often, given up late.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The first value that is not null.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> look, TimeSpan limit, string what)
        where T : class
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await look() is { } found) return found;
            if (Stopwatch.GetElapsedTime(began) > limit) throw new TimeoutException($"Not within {limit.TotalSeconds:0} s: {what}.");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Until it is so.</summary>
    public static Task IsTrueAsync(Func<Task<bool>> look, TimeSpan limit, string what) =>
        GetAsync(async () => await look() ? what : null, limit, what);

    /// <summary>Until the assertions hold; the last failure is the failure.</summary>
    public static async Task HoldsAsync(Func<Task> assertions, TimeSpan limit)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await assertions();
                return;
            }
            catch (Xunit.Sdk.XunitException) when (Stopwatch.GetElapsedTime(began) < limit)
            {
                await Task.Delay(Pause, TestContext.Current.CancellationToken);
            }
        }
    }
}
