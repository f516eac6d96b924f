using Tidegate.Core.Ports;

namespace Tidegate.Demo;

/// <summary>The light traffic source of the demo. Open arrivals: a slow answer does not slow the callers down.</summary>
internal sealed class DemoTraffic(Uri gateway, IRandomSource random, TimeProvider time) : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(10) };
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Begins; every caller calls on its own.</summary>
    public void Start(IReadOnlyList<DemoCaller> callers) => _running = Task.WhenAll(callers.Select(caller => PlayAsync(caller, _stop.Token)));

    /// <summary>No more calls; those under way are given up.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task PlayAsync(DemoCaller caller, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                // Exponential gaps make a Poisson stream: calls bunch up now and then, as they do.
                await Task.Delay(TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / caller.PerSecond), time, stop);
                _ = CallAsync(caller, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // stopped
        }
    }

    private async Task CallAsync(DemoCaller caller, CancellationToken stop)
    {
        var (method, path, body) = caller.Calls[random.Next(caller.Calls.Count)];
        using var request = new HttpRequestMessage(method, path);
        if (caller.Key is not null) request.Headers.Add("X-Api-Key", caller.Key);
        if (body is not null) request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        try
        {
            using var answer = await _http.SendAsync(request, stop);
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            // The call log has it; the traffic source goes on.
        }
    }
}
