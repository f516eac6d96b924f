using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tidegate.Tests.Insight.Notifications.Support;

/// <summary>A mail server that takes one mail and remembers what was said (RFC 5321, as much as a well-behaved sender needs).</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly StringBuilder _said = new();
    private Task _session = Task.CompletedTask;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static SmtpSink Start()
    {
        var sink = new SmtpSink();
        sink._listener.Start();
        sink._session = sink.ServeAsync();
        return sink;
    }

    /// <summary>All that was said once the sender has left.</summary>
    public async Task<string> MailAsync()
    {
        await _session.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        return _said.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await Task.WhenAny(_session);
    }

    private async Task ServeAsync()
    {
        using var client = await _listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await SayAsync(stream, "220 sink ready");
        for (var inData = false; await reader.ReadLineAsync() is { } line;)
        {
            _said.AppendLine(line);
            if (inData)
            {
                if (line != ".") continue;
                inData = false;
                await SayAsync(stream, "250 taken");
            }
            else if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                inData = true;
                await SayAsync(stream, "354 go on");
            }
            else if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
            {
                await SayAsync(stream, "221 bye");
                return;
            }
            else await SayAsync(stream, "250 ok");
        }
    }

    private static Task SayAsync(NetworkStream stream, string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n")).AsTask();
}
