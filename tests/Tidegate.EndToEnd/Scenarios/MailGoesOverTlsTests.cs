using System.Security.Cryptography.X509Certificates;
using Tidegate.EndToEnd.Support;
using Tidegate.Tests.Insight.Notifications.Support;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>A mail server with a certificate of the company's own authority, which the system of the node trusts, and with a login: the mail arrives, and every word of it over TLS.</summary>
public sealed class MailGoesOverTlsTests
{
    [Theory]
    [InlineData("startTls", false)]
    [InlineData("tls", true)]
    public async Task Test_ServerOfATrustedAuthority_GetsLoginAndMailOverTls(string security, bool tlsFirst)
    {
        using var authority = await TestAuthority.CreateAsync();
        using var certificates = new TempDirectory();
        await authority.IssueAsync("localhost", certificates.Path);
        using var pem = X509Certificate2.CreateFromPemFile(certificates.Combine("localhost.crt"), certificates.Combine("localhost.key"));
        using var certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null); // through PKCS#12, or SslStream cannot use the key
        await using var server = SmtpSink.Start(certificate, tlsFirst, "tidegate:s3cret");
        using var config = new ConfigFiles($$"""
            apiVersion: tidegate/v1
            kind: NotificationTarget
            metadata: {name: mail}
            spec: {channel: {type: email, to: ["sre@example.org"], from: "tidegate@example.org", host: localhost, port: {{server.Port}}, security: {{security}}, username: tidegate, password: "${env:MAIL_PASSWORD}" } }
            """);
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.StartAsync(
            new() { Data = data.Path, Config = config.Path, Variables = new Dictionary<string, string?> { ["SSL_CERT_FILE"] = authority.CaFile, ["MAIL_PASSWORD"] = "s3cret" } });
        await Eventually.IsTrueAsync(async () => (await node.CliAsync("notifications", "test", "mail")).ExitCode == 0, TimeSpan.FromSeconds(60), "the target is in force");

        var said = await server.MailAsync();

        Assert.Contains("~RCPT TO:<sre@example.org>", said, StringComparison.Ordinal);
        Assert.Contains("~Subject: Ticket: Test of Tidegate", said, StringComparison.Ordinal);
        Assert.Contains("~QUIT", said, StringComparison.Ordinal);
        var inClear = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '~').Select(line => line.Split(' ')[0].Trim());
        Assert.Equal(tlsFirst ? [] : ["EHLO", "STARTTLS"], inClear);
        await Eventually.IsTrueAsync(async () => (await node.CliAsync("notifications", "list", "--state", "sent")).Output.Contains("Test of Tidegate", StringComparison.Ordinal), TimeSpan.FromSeconds(30), "the mail is listed as sent");
    }
}
