using System.Net;
using System.Net.Sockets;
using System.Text;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>A misbehaving upstream: each connection is given to a script that reads and writes bytes as it likes.</summary>
internal sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<RawConnection, Task> _script;
    private readonly Task _accepting;
    private int _connections;

    private RawUpstream(Func<RawConnection, Task> script)
    {
        _script = script;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Connections accepted so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Gives every connection to the script; it is closed when the script ends.</summary>
    public static RawUpstream Start(Func<RawConnection, Task> script) => new(script);

    /// <summary>Reads one request head and answers these bytes, then closes.</summary>
    public static RawUpstream Answer(string bytes) => new(async connection =>
    {
        await connection.ReadHeadAsync();
        await connection.WriteAsync(bytes);
    });

    /// <summary>An address nobody listens on.</summary>
    public static Uri Refused() => new($"http://127.0.0.1:{FreePort.Find()}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await _script(new RawConnection(client, _stop.Token));
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // The gateway closed first; scripts need not care.
            }
        }
    }
}

/// <summary>One connection of a <see cref="RawUpstream"/> or <see cref="RawClient"/>: bytes as Latin-1 text.</summary>
internal sealed class RawConnection(TcpClient client, CancellationToken stop)
{
    private readonly StringBuilder _unread = new();

    public Stream Stream { get; set; } = client.GetStream();

    /// <summary>Ends when the test ends.</summary>
    public CancellationToken Stop => stop;

    public Task WriteAsync(string text) => Stream.WriteAsync(Encoding.Latin1.GetBytes(text), stop).AsTask();

    /// <summary>Reads to the end of a message head, the blank line included.</summary>
    public Task<string> ReadHeadAsync() => ReadUntilAsync("\r\n\r\n");

    /// <summary>Reads up to and including the mark; what was read before the end of the stream if it never comes.</summary>
    public async Task<string> ReadUntilAsync(string mark)
    {
        while (true)
        {
            var text = _unread.ToString();
            var at = text.IndexOf(mark, StringComparison.Ordinal);
            if (at >= 0)
            {
                _unread.Remove(0, at + mark.Length);
                return text[..(at + mark.Length)];
            }

            if (!await FillAsync()) return Take();
        }
    }

    /// <summary>Reads this many characters, fewer at the end of the stream.</summary>
    public async Task<string> ReadAsync(int count)
    {
        while (_unread.Length < count && await FillAsync())
        {
        }

        var text = _unread.ToString(0, Math.Min(count, _unread.Length));
        _unread.Remove(0, text.Length);
        return text;
    }

    /// <summary>Reads until the other side closes (or resets).</summary>
    public async Task<string> ReadToEndAsync()
    {
        while (await FillAsync())
        {
        }

        return Take();
    }

    /// <summary>Sends a reset instead of an orderly close.</summary>
    public void Reset()
    {
        client.LingerState = new LingerOption(true, 0);
        client.Close();
    }

    /// <summary>Sends the end of our side and keeps reading (half-close).</summary>
    public void Shutdown() => client.Client.Shutdown(SocketShutdown.Send);

    private async Task<bool> FillAsync()
    {
        var buffer = new byte[16384];
        int read;
        try
        {
            read = await Stream.ReadAsync(buffer, stop);
        }
        catch (IOException)
        {
            return false;
        }

        _unread.Append(Encoding.Latin1.GetString(buffer, 0, read));
        return read > 0;
    }

    private string Take()
    {
        var text = _unread.ToString();
        _unread.Clear();
        return text;
    }
}
