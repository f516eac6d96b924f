using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Tidegate.Core.Resources.Objectives.NotificationTargets.Channels;

namespace Tidegate.Insight.Notifications.Channels;

/// <summary>Mail over SMTP. All messages about an alert are one thread.</summary>
internal sealed class EmailChannel(ChannelHttp secrets) : INotificationChannel
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public Type Settings => typeof(EmailChannelConfig);

    public async Task SendAsync(ChannelConfig settings, ChannelMessage message, CancellationToken cancel)
    {
        var config = (EmailChannelConfig)settings;
        using var mail = new MimeMessage { Subject = message.Title, Date = message.Time, Body = new TextPart("plain") { Text = message.Body } };
        try
        {
            mail.From.Add(MailboxAddress.Parse(config.From));
            foreach (var to in config.To) mail.To.Add(MailboxAddress.Parse(to));
        }
        catch (ParseException wrong)
        {
            throw new ChannelException($"An address is not one: {wrong.Message}", isFinal: true);
        }

        var host = mail.From.Mailboxes.First().Domain;
        mail.MessageId = $"{Word(message.Id)}@{host}";
        mail.References.Add($"{Word(message.Notices[0].Alert)}@{host}");
        mail.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: no answer from holidays, please
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        // As HTTPS to other channels: an authority of one's own publishes no list of what it has revoked, and asking for one that cannot be had would refuse its servers.
        using var smtp = new SmtpClient { CheckCertificateRevocation = false };
        try
        {
            await smtp.ConnectAsync(config.Host, config.Port, OptionsOf(config.Security), limit.Token);
            if (config.Username is not null) await smtp.AuthenticateAsync(config.Username, config.Password is null ? "" : secrets.Resolve(config.Password), limit.Token);
            await smtp.SendAsync(mail, limit.Token);
            await smtp.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception error) when (error is IOException or CommandException or ProtocolException or System.Net.Sockets.SocketException or SslHandshakeException or AuthenticationException or NotSupportedException)
        {
            throw new ChannelException($"{config.Host} did not take the mail: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new ChannelException($"{config.Host} did not take the mail within {Limit.TotalSeconds:0} s.");
        }
    }

    private static SecureSocketOptions OptionsOf(SmtpSecurity security) => security switch
    {
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };

    private static string Word(string id) => new([.. id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]);
}
