using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>TLS on the traffic port: certificates chosen by server name, replaced while serving, client certificates as identity.</summary>
public sealed class TlsByServerNameTests
{
    [Fact]
    public async Task CertificatesFromADirectory_AreChosenBySni_ForBothHttpVersions_AndReplacedWithoutDroppingACall()
    {
        using var authority = await TestAuthority.CreateAsync();
        await using var nginx = await NginxPeer.StartAsync();
        using var certificates = new TempDirectory();
        await authority.IssueAsync("one.test", certificates.Path);
        await authority.IssueAsync("two.test", certificates.Path);
        using var config = new ConfigFiles(ConfigFiles.Service("web", nginx.Address), ConfigFiles.Route("files", "/files/{**rest}", "web"));
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path, Listen = [new("https://127.0.0.1:0")], Flags = ["--certificates", certificates.Path] });

        // curl itself checks the chain and the name.
        foreach (var (name, version, flag) in new[] { ("one.test", "2", "--http2"), ("two.test", "1.1", "--http1.1") })
        {
            var answer = await Curl.CallAsync(new($"https://{name}:{node.Traffic.Port}/files/small.bin"), "--cacert", authority.CaFile, "--resolve", $"{name}:{node.Traffic.Port}:127.0.0.1", flag, "--output", "/dev/null");
            Assert.Equal((200, version), (answer.Status, answer.HttpVersion));
        }

        var url = new Uri($"https://one.test:{node.Traffic.Port}/files/small.bin");
        await using var http1 = SteadyCaller.Start(url, callers: 3, change: request => request.Headers.ConnectionClose = true);
        await using var http2 = SteadyCaller.Start(url, callers: 3, HttpVersion.Version20);
        await http1.MoreAsync(20);
        Assert.Equal("1", await SerialAsync(node.Traffic, "one.test"));
        await authority.IssueAsync("one.test", certificates.Path);
        await authority.IssueAsync("three.test", certificates.Path);
        await Eventually.IsTrueAsync(async () => await SerialAsync(node.Traffic, "one.test") == "3", TimeSpan.FromSeconds(15), "the new certificate is shown");
        await Eventually.IsTrueAsync(async () => await SerialAsync(node.Traffic, "three.test") == "4", TimeSpan.FromSeconds(15), "the added certificate is shown");
        Assert.Equal("2", await SerialAsync(node.Traffic, "two.test"));
        await http1.MoreAsync(20);

        // A half-written pair must not take the good one away.
        await File.WriteAllTextAsync(certificates.Combine("two.test.crt"), "-----BEGIN CERTIFICATE-----\nhalf", TestContext.Current.CancellationToken);
        await http1.MoreAsync(50);
        Assert.Equal("2", await SerialAsync(node.Traffic, "two.test"));

        var seen = await http1.StopAsync() + await http2.StopAsync();
        Assert.Empty(http1.Failures.Concat(http2.Failures));
        Assert.Equal([200], seen.Statuses);
        await new CallLog(node).AgreesAsync("files", seen + new StatusCounts((200, 2)));
        await node.StopAsync();
    }

    [Fact]
    public async Task ClientCertificate_IsTheIdentityOfItsConsumer_AndOthersAreRefused()
    {
        using var authority = await TestAuthority.CreateAsync();
        await using var nginx = await NginxPeer.StartAsync();
        using var certificates = new TempDirectory();
        using var clients = new TempDirectory();
        await authority.IssueAsync("one.test", certificates.Path);
        File.Copy(authority.CaFile, certificates.Combine("client-ca.pem")); // clients are asked for a certificate only where this is given
        await authority.IssueAsync("robot.test", clients.Path, "clientAuth");
        await authority.IssueAsync("stranger.test", clients.Path, "clientAuth");
        using var robot = X509Certificate2.CreateFromPemFile(clients.Combine("robot.test.crt"), clients.Combine("robot.test.key"));
        using var config = new ConfigFiles(
            ConfigFiles.Service("web", nginx.Address),
            $$"""
            apiVersion: tidegate/v1
            kind: Consumer
            metadata: { name: robot }
            spec:
              certificates: [ { sha256: {{Convert.ToHexStringLower(robot.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256))}} } ]
            """,
            ConfigFiles.Route("files", "/files/{**rest}", "web", "identify: { clientCertificate: true }"));
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path, Listen = [new("https://127.0.0.1:0")], Flags = ["--certificates", certificates.Path] });
        var url = new Uri($"https://one.test:{node.Traffic.Port}/files/small.bin");
        string[] common = ["--cacert", authority.CaFile, "--resolve", $"one.test:{node.Traffic.Port}:127.0.0.1"];

        var known = await Curl.CountAsync(url, 3, [.. common, "--cert", clients.Combine("robot.test.crt"), "--key", clients.Combine("robot.test.key")]);
        var stranger = await Curl.CountAsync(url, 2, [.. common, "--cert", clients.Combine("stranger.test.crt"), "--key", clients.Combine("stranger.test.key")]);
        var nobody = await Curl.CountAsync(url, 2, common);

        Assert.Equal(new((200, 3)), known);
        Assert.Equal(new((401, 2)), stranger);
        Assert.Equal(new((401, 2)), nobody);
        var log = new CallLog(node);
        await log.AgreesAsync("files", known + stranger + nobody);
        Assert.Equal(3, await log.CountAsync("consumer=robot"));
        await node.StopAsync();
    }

    private static async Task<string?> SerialAsync(Uri traffic, string name)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", traffic.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = name }, TestContext.Current.CancellationToken);
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            return null;
        }

        using var shown = new X509Certificate2(tls.RemoteCertificate!);
        return long.Parse(shown.SerialNumber, NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
    }
}
