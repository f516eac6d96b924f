using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Tidegate.EndToEnd.Support.Tools;

namespace Tidegate.EndToEnd.Support;

/// <summary>Callers that never pause, in the test process: each answer is read to its end and counted, each failure is kept with its reason.</summary>
internal sealed class SteadyCaller : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<StatusCounts> _counts = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly HttpClient _http;
    private readonly Task _work;
    private long _answers;
    private int _refused;

    private SteadyCaller(Uri url, int callers, Version version, Action<HttpRequestMessage>? change)
    {
        _http = new(new SocketsHttpHandler
        {
            UseProxy = false, UseCookies = false, AllowAutoRedirect = false, SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
            ConnectCallback = async (to, cancel) =>
            {
                // Whatever the name of the host, which TLS needs: the node is on this machine.
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, to.DnsEndPoint.Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            Timeout = TimeSpan.FromSeconds(20), DefaultRequestVersion = version, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        _work = Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => CallAsync(url, change))));
    }

    /// <summary>Answers so far.</summary>
    public long Answers => Interlocked.Read(ref _answers);

    /// <summary>Connections refused: nobody listened any more.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>Everything else that went wrong without an answer.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Begins to call.</summary>
    public static SteadyCaller Start(Uri url, int callers = 8, Version? version = null, Action<HttpRequestMessage>? change = null) =>
        new(url, callers, version ?? HttpVersion.Version11, change);

    /// <summary>Waits until this many more calls were answered.</summary>
    public async Task MoreAsync(int calls)
    {
        var wanted = Answers + calls;
        try
        {
            await Eventually.IsTrueAsync(() => Task.FromResult(Answers >= wanted), TimeSpan.FromSeconds(30), $"{calls} more answers");
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} {_failures.Count} failures: {string.Join("; ", _failures.Distinct().Take(5))}");
        }
    }

    /// <summary>Lets every call finish, begins no more, and tells what was seen.</summary>
    public async Task<StatusCounts> StopAsync()
    {
        await _stop.CancelAsync();
        await _work;
        return _counts.Aggregate(new StatusCounts(), (sum, next) => sum + next);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task CallAsync(Uri url, Action<HttpRequestMessage>? change)
    {
        var counts = new StatusCounts();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, url);
                change?.Invoke(request);
                using var answer = await _http.SendAsync(request, CancellationToken.None);
                counts.Add((int)answer.StatusCode);
                Interlocked.Increment(ref _answers);
            }
            catch (HttpRequestException refused) when (refused.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
            {
                if (Interlocked.Increment(ref _refused) > 50) break;
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
            {
                _failures.Enqueue(failure.InnerException is { } inner ? $"{failure.Message} {inner.Message}" : failure.Message);
                if (_failures.Count > 1000) break;
            }
        }

        _counts.Enqueue(counts);
    }
}
