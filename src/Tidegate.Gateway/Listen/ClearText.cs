using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tidegate.Gateway.Listen;

/// <summary>
/// HTTP/1.1 and HTTP/2 with prior knowledge on one port without TLS. Kestrel serves one or the other on an address, so we look at the first bytes:
/// a client with prior knowledge begins with the preface of RFC 9113 §3.4, and its connection goes to a handler that speaks HTTP/2.
/// </summary>
internal sealed class ClearText(TimeSpan firstBytes, TimeProvider time)
{
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    private ConnectionDelegate? _http2;

    /// <summary>Configures the handler that speaks HTTP/2; bound to <see cref="NeverEndPoint"/>.</summary>
    public void ConfigureHttp2(ListenOptions options)
    {
        options.Protocols = HttpProtocols.Http2;
        ((IConnectionBuilder)options).Use(next => _http2 = next);
    }

    /// <summary>Configures an address that takes both.</summary>
    public void Configure(ListenOptions options)
    {
        options.Protocols = HttpProtocols.Http1;
        ((IConnectionBuilder)options).Use(http1 => connection => DispatchAsync(connection, http1));
    }

    private async Task DispatchAsync(ConnectionContext connection, ConnectionDelegate http1)
    {
        if (await IsHttp2Async(connection) is { } isHttp2) await (isHttp2 ? _http2! : http1)(connection);
    }

    // Null when there is nobody to answer. What limits the wait ends with it: connections are many, and last long.
    private async ValueTask<bool?> IsHttp2Async(ConnectionContext connection)
    {
        using var deadline = new CancellationTokenSource(firstBytes, time);
        // A stopping server must not wait for somebody who has not said a word.
        var closing = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        await using var stop = closing.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), deadline);
        try
        {
            return await IsHttp2Async(connection, deadline.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionResetException or IOException)
        {
            return null; // said nothing, or left
        }
    }

    // Null when the connection closed before it said a byte.
    private static async ValueTask<bool?> IsHttp2Async(ConnectionContext connection, CancellationToken cancel)
    {
        var input = connection.Transport.Input;
        while (true)
        {
            var read = await input.ReadAsync(cancel);
            var match = Matches(read.Buffer);
            if (match is null && !read.IsCompleted)
            {
                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var silent = read.Buffer.IsEmpty && read.IsCompleted;
            input.AdvanceTo(read.Buffer.Start, read.Buffer.Start);
            return silent ? null : match ?? false;
        }
    }

    // Null while it could still become the preface.
    private static bool? Matches(ReadOnlySequence<byte> buffer)
    {
        Span<byte> start = stackalloc byte[24];
        var length = (int)Math.Min(buffer.Length, Preface.Length);
        buffer.Slice(0, length).CopyTo(start);
        if (!start[..length].SequenceEqual(Preface[..length])) return false;
        return length == Preface.Length ? true : null;
    }
}
