using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tidegate.Insight.Notifications;
using Tidegate.Tests.Insight.Notifications.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Notifications;

/// <summary>Mail is sent to whom it should go to, or not at all: a password is not said to a server that nobody knows. What is trusted is in the end-to-end test of mail.</summary>
public sealed class MailTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();
    private readonly X509Certificate2 _certificate = SelfMade();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _certificate.Dispose();
        return _database.DisposeAsync();
    }

    [Theory]
    [InlineData("startTls", false)]
    [InlineData("tls", true)]
    public async Task Send_ServerWhoseCertificateNobodyTrusts_GetsNoPasswordAndNoMail(string security, bool tlsFirst)
    {
        await using var server = SmtpSink.Start(_certificate, tlsFirst, "tidegate:k3y");
        var waits = await SendAsync(server, $"security: {security}, username: tidegate, password: \"${{env:KEY}}\"");

        Assert.Equal("pending", waits.State);
        Assert.Contains("did not take the mail", waits.Reason, StringComparison.Ordinal);
        Assert.Contains("certificate", waits.Reason, StringComparison.Ordinal);
        var said = await server.MailAsync();
        Assert.DoesNotContain("AUTH", said, StringComparison.Ordinal);
        Assert.DoesNotContain("MAIL", said, StringComparison.Ordinal);
    }

    // startTls is the default, and no "if the server likes".
    [Fact]
    public async Task Send_ServerWithoutStartTls_GetsNoPasswordAndNoMail()
    {
        await using var server = SmtpSink.Start(login: "tidegate:k3y");
        var waits = await SendAsync(server, "username: tidegate, password: \"${env:KEY}\"");

        Assert.Equal("pending", waits.State);
        Assert.Contains("STARTTLS", waits.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("AUTH", await server.MailAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("k3y", "sent")]
    [InlineData("other", "pending")]
    public async Task Send_WithALogin_IsTakenWhenThePasswordIsRight(string expected, string state)
    {
        await using var server = SmtpSink.Start(login: $"tidegate:{expected}");
        var sent = await SendAsync(server, "security: none, username: tidegate, password: \"${env:KEY}\"");

        Assert.Equal(state, sent.State);
        Assert.Equal(state == "sent", (await server.MailAsync()).Contains("Subject: PAGE: orders", StringComparison.Ordinal));
        if (state == "sent") return;
        Assert.Contains("no such user", sent.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("k3y", sent.Reason, StringComparison.Ordinal);
    }

    private async Task<Notification> SendAsync(SmtpSink server, string settings)
    {
        await using var node = await NotificationNode.StartAsync(
            _database, $"apiVersion: tidegate/v1\nkind: NotificationTarget\nmetadata: {{name: mail}}\nspec:\n  channel: {{type: email, to: [\"a@example.org\"], from: \"t@example.org\", host: 127.0.0.1, port: {server.Port}, {settings}}}\n");
        await node.FireAsync("orders");
        await node.SendAsync();
        return Assert.Single(await node.Store.ListAsync(null, null, null, 10, Cancel));
    }

    private static X509Certificate2 SelfMade()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2050, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
