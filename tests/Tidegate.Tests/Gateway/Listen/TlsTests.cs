using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Gateway;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Listen;

public sealed class TlsTests : IDisposable
{
    private readonly TestCertificates _certificates = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData("one.example.com", "one")]
    [InlineData("ONE.example.com", "one")]
    [InlineData("a.two.example.com", "two")]
    [InlineData("b.a.two.example.com", "default")]
    [InlineData("unknown.example.com", "default")]
    public async Task Handshake_ByServerName_ShowsTheCertificateOfThatName(string serverName, string expected)
    {
        var hashes = new Dictionary<string, string>
        {
            ["one"] = _certificates.Write("one", "one.example.com"),
            ["two"] = _certificates.Write("two", "*.two.example.com"),
            ["default"] = _certificates.Write("default", "gateway.example.com"),
        };
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(upstream);

        Assert.Equal(hashes[expected], await HashShownAsync(gateway.Address, serverName));
    }

    [Fact]
    public async Task Handshake_UnknownNameWithoutDefault_IsRefused()
    {
        _certificates.Write("one", "one.example.com");
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(upstream);

        await Assert.ThrowsAnyAsync<Exception>(() => HashShownAsync(gateway.Address, "two.example.com"));
        Assert.NotEmpty(await HashShownAsync(gateway.Address, "one.example.com"));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Call_OverTls_SpeaksTheNegotiatedProtocol(string version)
    {
        _certificates.Write("default", "localhost");
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(upstream);
        using var client = Client(gateway.Address, new Version(version));

        using var answer = await client.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(new Version(version), answer.Version);
    }

    [Fact]
    public async Task Certificate_Replaced_NewHandshakesSeeItAndOldConnectionsGoOn()
    {
        var first = _certificates.Write("default", "localhost");
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(upstream);
        using var kept = Client(gateway.Address, HttpVersion.Version11);
        using (await kept.GetAsync("/", TestContext.Current.CancellationToken))
        {
        }

        var second = _certificates.Write("default", "localhost");
        _time.Advance(TimeSpan.FromSeconds(3));
        var shown = await EventuallyAsync(() => HashShownAsync(gateway.Address, "localhost"), hash => hash == second);
        using var again = await kept.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.NotEqual(first, second);
        Assert.Equal(second, shown);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Certificate_Broken_KeepsTheOldOneAndTakesTheNextGoodOne()
    {
        var first = _certificates.Write("default", "localhost");
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(upstream);

        await File.WriteAllTextAsync(Path.Combine(_certificates.Directory, "default.crt"), "no certificate", TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(3));
        var said = await EventuallyAsync(() => Task.FromResult(gateway.Given.Log.Lines), lines => lines.Any(l => l.Message.Contains("default.crt", StringComparison.Ordinal)));
        var during = await HashShownAsync(gateway.Address, "localhost");
        var second = _certificates.Write("default", "localhost");
        _time.Advance(TimeSpan.FromSeconds(3));
        var after = await EventuallyAsync(() => HashShownAsync(gateway.Address, "localhost"), hash => hash == second);

        Assert.Contains(said, l => l.Message.Contains("the certificate read before stays in use", StringComparison.Ordinal));
        Assert.Equal(first, during);
        Assert.Equal(second, after);
    }

    private static async Task<T> EventuallyAsync<T>(Func<Task<T>> look, Func<T, bool> good)
    {
        // The reload runs on a timer's thread: look until it shows, at most 10 s.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var seen = await look();
            if (good(seen) || deadline.IsCancellationRequested) return seen;
            await Task.Yield();
        }
    }

    private static async Task<string> HashShownAsync(Uri address, string serverName)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, TestContext.Current.CancellationToken);
        var hash = "";
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = serverName,
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    hash = ((X509Certificate2)certificate!).GetCertHashString(HashAlgorithmName.SHA256);
                    return true;
                },
            },
            TestContext.Current.CancellationToken);
        return hash;
    }

    private static HttpClient Client(Uri address, Version version) => new(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } })
    {
        BaseAddress = address, DefaultRequestVersion = version, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private Task<TestGateway> StartAsync(TestUpstream upstream) => TestGateway.StartAsync(
        new TestGateway.Setup
        {
            Time = _time,
            Options = new GatewayOptions { Listen = [new Uri("https://127.0.0.1:0")], CertificateDirectory = _certificates.Directory, Drain = TimeSpan.FromSeconds(1) },
        },
        Config.Single(upstream.Address));
}
