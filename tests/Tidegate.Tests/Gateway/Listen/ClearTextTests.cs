using System.Net;
using System.Net.Sockets;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Listen;

public sealed class ClearTextTests
{
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task OnePort_BothProtocols_AreServed(string version)
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));
        using var client = gateway.NewClient(version: new Version(version));

        using var answer = await client.GetAsync("/hello", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(new Version(version), answer.Version);
        Assert.Equal("ok", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Preface_InPieces_IsStillHttp2()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, gateway.Address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();

        foreach (var piece in (string[])["PRI * HT", "TP/2.0\r\n\r\nSM", "\r\n\r\n"])
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(piece), TestContext.Current.CancellationToken);
        await stream.WriteAsync(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 }, TestContext.Current.CancellationToken); // an empty SETTINGS frame
        var frame = new byte[9];
        await stream.ReadExactlyAsync(frame, TestContext.Current.CancellationToken);

        Assert.Equal(4, frame[3]); // the server's SETTINGS: it speaks HTTP/2
    }

    [Fact]
    public async Task WordThatBeginsLikeThePreface_IsAnHttp1Request()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));

        var answer = await gateway.RawAsync("PRINT / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task ConnectionThatSaysNothing_ClosesQuietly()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, gateway.Address.Port, TestContext.Current.CancellationToken);
        }

        using var answer = await gateway.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain(gateway.Given.Log.Lines, l => l.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }
}
