using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Gateway;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Listen;

/// <summary>Shutdown and certificate reloads drop no call, while callers call as fast as they can.</summary>
public sealed class UnderLoadTests : IAsyncLifetime
{
    private readonly TestCertificates _certificates = new();
    private TestUpstream _upstream = null!;

    public async ValueTask InitializeAsync() => _upstream = await TestUpstream.StartAsync(async c =>
    {
        await Task.Yield();
        await c.Response.WriteAsync("all of it");
    });

    public async ValueTask DisposeAsync()
    {
        await _upstream.DisposeAsync();
        _certificates.Dispose();
    }

    [Theory]
    [InlineData("http", "1.1")]
    [InlineData("http", "2.0")]
    [InlineData("https", "2.0")]
    public async Task Stop_CallersGoOnCalling_EveryCallThatWasTakenIsAnswered(string scheme, string version)
    {
        _certificates.Write("default", "localhost");
        var setup = new TestGateway.Setup
        {
            Options = new GatewayOptions { Listen = [new Uri($"{scheme}://127.0.0.1:0")], Drain = TimeSpan.FromSeconds(10), CertificateDirectory = _certificates.Directory },
        };
        await using var gateway = await TestGateway.StartAsync(setup, Config.Single(_upstream.Address));
        var answered = 0;
        var callers = Enumerable.Range(0, 6).Select(_ => CallUntilRefusedAsync(gateway, new Version(version), () => Interlocked.Increment(ref answered))).ToList();
        await gateway.Calls.WaitForAsync(300);

        await gateway.Server.StopAsync(TestContext.Current.CancellationToken);

        var failures = (await Task.WhenAll(callers)).OfType<Exception>().ToList();
        Assert.True(failures.Count == 0, string.Join('\n', failures.Select(f => f.ToString())));
        Assert.All(gateway.Calls.Records, r => Assert.Equal((CallOutcome.Ok, 200), (r.Outcome, r.Status)));
        Assert.Equal(answered, gateway.Calls.Records.Count);
        Assert.DoesNotContain(gateway.Given.Log.Lines, l => l.Event == 1015);
        Assert.False(gateway.Status.Ready);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Certificates_ReplacedAgainAndAgain_NoCallFails(string version)
    {
        _certificates.Write("default", "localhost");
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-05-01Z"));
        var setup = new TestGateway.Setup { Time = time, Options = new GatewayOptions { Listen = [new Uri("https://127.0.0.1:0")], CertificateDirectory = _certificates.Directory } };
        await using var gateway = await TestGateway.StartAsync(setup, Config.Single(_upstream.Address));
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 6).Select(async i =>
        {
            // Half of them keep their connection, the others shake hands anew all the time.
            var kept = Client(gateway, new Version(version));
            while (!stop.IsCancellationRequested)
            {
                using var response = await kept.GetAsync("/", CancellationToken.None);
                Assert.Equal("all of it", await response.Content.ReadAsStringAsync(CancellationToken.None));
                if (i % 2 == 0) continue;
                kept.Dispose();
                kept = Client(gateway, new Version(version));
            }

            kept.Dispose();
        }).ToList();

        for (var i = 0; i < 5; i++)
        {
            _certificates.Write("default", "localhost");
            time.Advance(TimeSpan.FromSeconds(3));
            for (var calls = 0; calls < 40; calls++) await gateway.Calls.NextAsync();
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers);
        Assert.All(gateway.Calls.Records, r => Assert.Equal((CallOutcome.Ok, 200), (r.Outcome, r.Status)));
        Assert.True(gateway.Given.Log.Lines.Count(l => l.Event == 1010) > 3);
    }

    // Ends when the gateway no longer takes calls; any other failure is one.
    private static async Task<Exception?> CallUntilRefusedAsync(TestGateway gateway, Version version, Action answered)
    {
        var connects = 0;
        using var client = Client(gateway, version, () => connects++);
        while (true)
        {
            var before = connects;
            try
            {
                using var response = await client.GetAsync("/", CancellationToken.None);
                if (response.StatusCode != HttpStatusCode.OK || await response.Content.ReadAsStringAsync(CancellationToken.None) != "all of it")
                    return new InvalidOperationException($"Answered {response.StatusCode}.");
                answered();
            }
            catch (HttpRequestException e) when (WasNotTaken(e, isNewConnection: connects != before))
            {
                return null;
            }
            catch (Exception e)
            {
                return e;
            }
        }
    }

    // It did not connect; or a new connection that the kernel still held for accepting when the port was closed; or HTTP/2's word that the stream was not begun. That none of
    // them was taken all the same is shown by the counts: as many records as answers.
    private static bool WasNotTaken(HttpRequestException e, bool isNewConnection) => e.InnerException switch
    {
        SocketException => true, // while connecting
        HttpProtocolException { ErrorCode: 0 } => true,
        IOException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionReset } } => isNewConnection,
        _ => false,
    };

    private static HttpClient Client(TestGateway gateway, Version version, Action? connecting = null) => gateway.NewClient(
        new UriBuilder(gateway.Address) { Host = gateway.Address.Scheme == "https" ? "localhost" : "127.0.0.1" }.Uri, version, handler =>
    {
        handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };
        handler.ConnectCallback = async (context, cancel) =>
        {
            connecting?.Invoke();
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
    });
}
