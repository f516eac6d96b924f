using System.Collections.Concurrent;
using System.Diagnostics;

namespace Tidegate.EndToEnd.Support;

/// <summary>Calls at a steady rate, whether answers come or not, in the test process: each with the moment of its answer and its status.</summary>
internal sealed class PacedCaller : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<(long At, int Status, string Body)> _answers = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(20) };
    private readonly ConcurrentBag<Task> _calls = [];
    private readonly Task _work;

    private PacedCaller(Uri url, double perSecond) => _work = Task.Run(() => PaceAsync(url, perSecond));

    /// <summary>Answers so far, in their order: the moment in ticks of the stopwatch, status (0: none) and body.</summary>
    public IReadOnlyList<(long At, int Status, string Body)> Answers => [.. _answers];

    /// <summary>Begins to call.</summary>
    public static PacedCaller Start(Uri url, double perSecond) => new(url, perSecond);

    /// <summary>Begins no more calls and waits for those under way.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
        await Task.WhenAll(_calls);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task PaceAsync(Uri url, double perSecond)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / perSecond));
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token)) _calls.Add(CallAsync(url));
        }
        catch (OperationCanceledException)
        {
            // It was asked to stop.
        }
    }

    private async Task CallAsync(Uri url)
    {
        var (status, body) = (0, "");
        try
        {
            using var answer = await _http.GetAsync(url);
            (status, body) = ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            body = failure.Message;
        }

        _answers.Enqueue((Stopwatch.GetTimestamp(), status, body));
    }
}
