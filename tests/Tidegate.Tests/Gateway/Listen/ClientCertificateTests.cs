using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tidegate.Core.Resources.Consumers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Listen;

public sealed class ClientCertificateTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    public ClientCertificateTests()
    {
        _certificates.Write("default", "localhost");
        _certificates.TrustClients();
    }

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task Certificate_OfATrustedAuthority_IsTheConsumerItNames()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(upstream, new CertificateConfig { CommonName = "billing" });
        using var certificate = _certificates.Client("billing");
        using var client = Client(gateway, certificate);

        using var answer = await client.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("billing", (await gateway.Calls.NextAsync()).Consumer);
    }

    [Fact]
    public async Task Certificate_ThatAnybodyCouldHaveMade_IsRefused()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(upstream, new CertificateConfig { CommonName = "billing" });
        using var certificate = _certificates.Client("billing", trusted: false);
        using var client = Client(gateway, certificate);

        using var answer = await client.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(0, upstream.Requests);
    }

    [Fact]
    public async Task Certificate_NamedByItsHash_NeedsNobodysSignature()
    {
        await using var upstream = await TestUpstream.StartAsync();
        using var certificate = _certificates.Client("robot", trusted: false);
        var hash = certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();
        await using var gateway = await StartAsync(upstream, new CertificateConfig { Sha256 = hash });
        using var client = Client(gateway, certificate);

        using var answer = await client.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task NoCertificate_WhereTheRouteAsksForOne_Is401()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(upstream, new CertificateConfig { CommonName = "billing" });
        using var client = Client(gateway, null);

        using var answer = await client.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static HttpClient Client(TestGateway gateway, X509Certificate2? certificate) => gateway.NewClient(change: handler =>
    {
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        if (certificate is not null) handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
    });

    private Task<TestGateway> StartAsync(TestUpstream upstream, CertificateConfig named)
    {
        var route = Config.Route("all", "svc", r => r with { Identify = new IdentifyConfig { ApiKey = null, ClientCertificate = true } });
        return TestGateway.StartAsync(
            new TestGateway.Setup { Options = new GatewayOptions { Listen = [new Uri("https://127.0.0.1:0")], CertificateDirectory = _certificates.Directory, Drain = TimeSpan.FromSeconds(1) } },
            Config.Document(Config.Service("svc", upstream.Address), route, Config.Consumer("billing", new ConsumerConfig { Certificates = [named] })));
    }
}
