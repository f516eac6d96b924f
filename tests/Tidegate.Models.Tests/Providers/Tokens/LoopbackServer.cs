using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tidegate.Models.Tests.Providers.Tokens;

/// <summary>A web server of one answer per connection on a free loopback port.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, (int Status, string Body)> _answer;
    private readonly Task _running;

    /// <param name="answer">Makes the answer of a request's body.</param>
    public LoopbackServer(Func<string, (int Status, string Body)> answer)
    {
        _answer = answer;
        _listener.Start();
        _running = RunAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/token";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var stream = client.GetStream();
                // Clients open connections in reserve and close them unused.
                if (await ReadBodyAsync(stream) is not { } asked) continue;
                var (status, body) = _answer(asked);
                var answer = $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
        {
            // Stopped.
        }
    }

    private async Task<string?> ReadBodyAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
            var all = text.ToString();
            var end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0) return null;
            if (end < 0) continue;
            var length = all[..end].Split("\r\n").Where(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Select(l => int.Parse(l.Split(':')[1])).FirstOrDefault();
            if (all.Length >= end + 4 + length) return all[(end + 4)..];
        }
    }
}
