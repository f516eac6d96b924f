using System.Globalization;
using System.Net.Sockets;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>A client that sends bytes no HTTP library would.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _tcp;
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private RawClient(TcpClient tcp)
    {
        _tcp = tcp;
        _limit.CancelAfter(TimeSpan.FromSeconds(60));
        Connection = new RawConnection(tcp, _limit.Token);
    }

    public RawConnection Connection { get; }

    public static async Task<RawClient> ConnectAsync(Uri address)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        return new RawClient(tcp);
    }

    /// <summary>Sends bytes on a connection of their own and gives the first answer.</summary>
    public static async Task<RawResponse> SendAsync(Uri address, string bytes)
    {
        using var client = await ConnectAsync(address);
        await client.Connection.WriteAsync(bytes);
        return await client.ReadResponseAsync();
    }

    /// <summary>Reads one answer with a Content-Length, chunked, or to the end of the connection. Status 0: the connection ended without one.</summary>
    public async Task<RawResponse> ReadResponseAsync(bool head = false)
    {
        var text = await Connection.ReadHeadAsync();
        if (!text.StartsWith("HTTP/1.", StringComparison.Ordinal)) return new RawResponse(0, text, "");
        var status = int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var response = new RawResponse(status, text, "");
        if (head || status is 204 or 304 or (>= 100 and < 200)) return response;
        if (response.Header("Content-Length") is { } length)
            return response with { Body = await Connection.ReadAsync(int.Parse(length, CultureInfo.InvariantCulture)) };
        if (response.Header("Transfer-Encoding") is null) return response with { Body = await Connection.ReadToEndAsync() };
        var body = "";
        while (true)
        {
            var line = await Connection.ReadUntilAsync("\r\n");
            if (line.Length < 3) return response with { Body = body, Complete = false };
            var size = int.Parse(line.AsSpan().Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0) break;
            body += await Connection.ReadAsync(size);
            await Connection.ReadAsync(2);
        }

        var trailers = "";
        while (await Connection.ReadUntilAsync("\r\n") is { Length: > 2 } line) trailers += line;
        return response with { Body = body, Trailers = trailers };
    }

    public void Dispose()
    {
        _tcp.Dispose();
        _limit.Dispose();
    }
}

/// <summary>An answer as it came over the wire.</summary>
internal sealed record RawResponse(int Status, string Head, string Body)
{
    public string Trailers { get; init; } = "";

    /// <summary>False when a chunked body broke off.</summary>
    public bool Complete { get; init; } = true;

    /// <summary>Value of a header, several joined by comma; null when absent.</summary>
    public string? Header(string name)
    {
        var values = Head.Split("\r\n").Skip(1).Select(l => l.Split(':', 2))
            .Where(p => p.Length == 2 && p[0].Equals(name, StringComparison.OrdinalIgnoreCase)).Select(p => p[1].Trim()).ToList();
        return values.Count == 0 ? null : string.Join(", ", values);
    }
}
