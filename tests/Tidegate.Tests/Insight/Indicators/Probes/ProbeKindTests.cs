using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Insight.Indicators.Probes;
using Tidegate.Insight.Indicators.Probes.Kinds;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Indicators.Probes;

/// <summary>Each kind of probe against real sockets: what is good, what is bad, and what is said of it.</summary>
public sealed class ProbeKindTests
{
    private readonly TestSecrets _secrets = new() { Values = { ["${env:TOKEN}"] = "t0ken" } };

    [Fact]
    public async Task Http_Answer_IsJudgedByStatusAndText()
    {
        await using var server = await TestUpstream.StartAsync(async context =>
        {
            context.Response.StatusCode = context.Request.Path == "/down" ? 503 : context.Request.Headers.Authorization == "Bearer t0ken" ? 200 : 401;
            await context.Response.WriteAsync("all is well");
        });
        using var probe = new HttpProbe(_secrets);
        ProbeIndicatorConfig To(string path) => Config(ProbeIndicatorType.Http, new Uri(server.Address, path).ToString()) with { Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer ${env:TOKEN}" } };

        Assert.Null(await AskAsync(probe, To("/") with { Expect = new() { Contains = "is well" } }));
        Assert.Equal("answered 503, expected 200 to 399", await AskAsync(probe, To("/down")));
        Assert.Null(await AskAsync(probe, To("/down") with { Expect = new() { Status = [503] } }));
        Assert.Equal("answered 200, expected 204, 503", await AskAsync(probe, To("/") with { Expect = new() { Status = [204, 503] } }));
        Assert.Equal("the first 64 KiB of the answer do not hold \"is ill\"", await AskAsync(probe, To("/") with { Expect = new() { Contains = "is ill" } }));
        Assert.Equal("${env:GONE} is not set", await AskAsync(probe, To("/") with { Headers = new Dictionary<string, string> { ["X-Key"] = "${env:GONE}" } }));
    }

    // The address is the operator's choice; where an answer points to is not.
    [Fact]
    public async Task Http_Redirect_IsNotFollowed()
    {
        await using var elsewhere = await TestUpstream.StartAsync();
        await using var server = await TestUpstream.StartAsync(context =>
        {
            context.Response.Redirect(elsewhere.Address.ToString());
            return Task.CompletedTask;
        });
        using var probe = new HttpProbe(_secrets);

        Assert.Null(await AskAsync(probe, Config(ProbeIndicatorType.Http, server.Address.ToString())));
        Assert.Equal("answered 302, expected 200", await AskAsync(probe, Config(ProbeIndicatorType.Http, server.Address.ToString()) with { Expect = new() { Status = [200] } }));
        Assert.Equal(0, elsewhere.Requests);
    }

    [Fact]
    public async Task Tcp_Port_IsOpenOrClosed()
    {
        var port = FreePort.Find();
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        var target = $"127.0.0.1:{port}";

        Assert.Null(await AskAsync(new TcpProbe(), Config(ProbeIndicatorType.Tcp, target)));
        listener.Stop();
        await Assert.ThrowsAnyAsync<SocketException>(() => AskAsync(new TcpProbe(), Config(ProbeIndicatorType.Tcp, target)));
    }

    [Fact]
    public async Task Tls_Certificate_IsTrustedForTheNameAndLongEnough()
    {
        using var certificates = new TestCertificates();
        certificates.Write("localhost", "localhost");
        using var certificate = X509Certificate2.CreateFromPemFile(Path.Combine(certificates.Directory, "localhost.crt"), Path.Combine(certificates.Directory, "localhost.key"));
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(Path.Combine(certificates.Directory, "localhost.crt"));
        X509Certificate2Collection authority = [chain[^1]];
        await using var server = await TestUpstream.StartAsync(certificate: certificate);
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var probe = new TlsProbe(time, authority);
        var config = Config(ProbeIndicatorType.Tls, $"localhost:{server.Address.Port}");

        Assert.Null(await AskAsync(probe, config));
        Assert.Equal("the certificate is for another name", await AskAsync(probe, config with { Target = $"127.0.0.1:{server.Address.Port}" }));
        Assert.StartsWith("the certificate is not trusted", await AskAsync(new TlsProbe(time), config), StringComparison.Ordinal);
        time.SetUtcNow(new DateTimeOffset(certificate.NotAfter.ToUniversalTime()).AddDays(-3));
        Assert.StartsWith("the certificate ends in 3.0 days", await AskAsync(probe, config), StringComparison.Ordinal);
        Assert.Null(await AskAsync(probe, config with { Expect = new() { CertificateDays = 2 } }));
        time.Advance(TimeSpan.FromDays(4));
        Assert.StartsWith("the certificate has expired on 20", await AskAsync(probe, config), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dns_Name_HasTheRecordsThatAreExpected()
    {
        await using var names = new DnsSink(new() { ["shop.example"] = ["192.0.2.1", "192.0.2.2"], ["empty.example"] = [] });
        var config = Config(ProbeIndicatorType.Dns, "shop.example") with { Server = names.Address };

        Assert.Null(await AskAsync(new DnsProbe(), config));
        Assert.Null(await AskAsync(new DnsProbe(), config with { Expect = new() { Records = ["192.0.2.2", "192.0.2.1"] } }));
        Assert.Equal("192.0.2.3 is not in the answer: 192.0.2.1, 192.0.2.2", await AskAsync(new DnsProbe(), config with { Expect = new() { Records = ["192.0.2.3", "192.0.2.1"] } }));
        Assert.Equal("there is no A record", await AskAsync(new DnsProbe(), config with { Target = "empty.example" }));
        Assert.StartsWith("the name server answered: ", await AskAsync(new DnsProbe(), config with { Target = "gone.example" }), StringComparison.Ordinal);
        names.IsSilent = true;
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var silent = await Record.ExceptionAsync(async () => Assert.NotNull(await new DnsProbe().AskAsync(config with { Timeout = TimeSpan.FromMilliseconds(200) }, soon.Token)));
        Assert.True(silent is null or OperationCanceledException, $"{silent}");
    }

    [Fact]
    public async Task Grpc_WhatIsNoGrpc_IsSaid()
    {
        await using var server = await TestUpstream.StartAsync(context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        }, Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http2);
        using var probe = new GrpcProbe(_secrets);

        Assert.Equal("answered 404, which is not gRPC", await AskAsync(probe, Config(ProbeIndicatorType.Grpc, server.Address.Authority)));
    }

    internal static ProbeIndicatorConfig Config(ProbeIndicatorType type, string target) => new() { Type = type, Target = target };

    private static Task<string?> AskAsync(IProbe probe, ProbeIndicatorConfig config) => probe.AskAsync(config, TestContext.Current.CancellationToken);
}
