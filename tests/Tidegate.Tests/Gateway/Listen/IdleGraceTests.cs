using System.Net.Sockets;
using System.Text;
using Tidegate.Gateway;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Listen;

/// <summary>Stopping breaks no connection on which a request is just on its way.</summary>
public sealed class IdleGraceTests
{
    [Fact]
    public async Task Stop_KeptConnectionSendsOneMore_IsAnsweredAndToldToClose()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await TestGateway.StartAsync(Setup(TimeSpan.FromSeconds(20)), Config.Single(upstream.Address));
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Address.Host, gateway.Address.Port, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Connection: close", await AskAsync(client), StringComparison.Ordinal);

        var stopping = gateway.Server.StopAsync(TestContext.Current.CancellationToken);
        await RefusesNewConnectionsAsync(gateway.Address);
        var last = await AskAsync(client);

        Assert.StartsWith("HTTP/1.1 200", last, StringComparison.Ordinal);
        Assert.Contains("Connection: close", last, StringComparison.Ordinal);
        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        await stopping; // long before the grace is over: nobody is connected any more
    }

    [Fact]
    public async Task Stop_SilentConnection_IsClosedAfterTheGrace()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await TestGateway.StartAsync(Setup(TimeSpan.FromMilliseconds(50)), Config.Single(upstream.Address));
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Address.Host, gateway.Address.Port, TestContext.Current.CancellationToken);
        await AskAsync(client);

        await gateway.Server.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Stop_ConnectionThatNeverSaidAWord_DoesNotHoldItUp()
    {
        await using var gateway = await TestGateway.StartAsync(Setup(TimeSpan.FromMilliseconds(50)), Config.Single(RawUpstream.Refused()));
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Address.Host, gateway.Address.Port, TestContext.Current.CancellationToken);

        await gateway.Server.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
    }

    private static TestGateway.Setup Setup(TimeSpan grace) => new() { Options = new GatewayOptions { Listen = [new Uri("http://127.0.0.1:0")], IdleGrace = grace } };

    private static async Task<string> AskAsync(TcpClient client)
    {
        await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var buffer = new byte[4096];
        var length = 0;
        while (true)
        {
            var read = await client.GetStream().ReadAsync(buffer.AsMemory(length), TestContext.Current.CancellationToken);
            length += read;
            var text = Encoding.ASCII.GetString(buffer, 0, length);
            // "ok", in one piece or in chunks
            if (read == 0 || text.EndsWith("ok", StringComparison.Ordinal) || text.EndsWith("0\r\n\r\n", StringComparison.Ordinal)) return text;
        }
    }

    private static async Task RefusesNewConnectionsAsync(Uri address)
    {
        while (true)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }
}
