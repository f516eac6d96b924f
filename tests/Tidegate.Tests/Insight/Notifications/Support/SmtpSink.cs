using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tidegate.Tests.Insight.Notifications.Support;

/// <summary>
/// A mail server that takes one mail and remembers what was said (RFC 5321, as much as a well-behaved sender needs), in clear, over TLS from the start, or after STARTTLS
/// (RFC 3207), with or without a login (RFC 4954).
/// </summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly StringBuilder _said = new();
    private readonly X509Certificate2? _certificate;
    private readonly bool _tlsFirst;
    private readonly string? _login;
    private Task _session = Task.CompletedTask;

    private SmtpSink(X509Certificate2? certificate, bool tlsFirst, string? login) => (_certificate, _tlsFirst, _login) = (certificate, tlsFirst, login);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Starts one.</summary>
    /// <param name="certificate">With it, STARTTLS is offered.</param>
    /// <param name="tlsFirst">TLS comes before everything else.</param>
    /// <param name="login">User and password, with a colon between, without which no mail is taken.</param>
    public static SmtpSink Start(X509Certificate2? certificate = null, bool tlsFirst = false, string? login = null)
    {
        var sink = new SmtpSink(certificate, tlsFirst, login);
        sink._listener.Start();
        sink._session = sink.ServeAsync();
        return sink;
    }

    /// <summary>All that was said once the sender has left. Lines that came over TLS begin with a tilde.</summary>
    public async Task<string> MailAsync()
    {
        await _session.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        return _said.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await Task.WhenAny(_session);
    }

    private async Task ServeAsync()
    {
        using var client = await _listener.AcceptTcpClientAsync();
        await using var plain = client.GetStream();
        if (_tlsFirst)
        {
            if (await SecureAsync(plain) is { } first) await TalkAsync(first, isSecure: true, greet: true);
        }
        else if (await TalkAsync(plain, isSecure: false, greet: true) && await SecureAsync(plain) is { } later) await TalkAsync(later, isSecure: true, greet: false);
    }

    private async Task<SslStream?> SecureAsync(NetworkStream plain)
    {
        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsServerAsync(_certificate!);
            return secure;
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            _said.AppendLine("(the sender does not trust the certificate)");
            return null;
        }
    }

    // True when the sender wants TLS now.
    private async Task<bool> TalkAsync(Stream stream, bool isSecure, bool greet)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: !isSecure);
        if (greet) await SayAsync(stream, "220 sink ready");
        var (inData, isKnown) = (false, _login is null);
        while (await ReadAsync(reader) is { } line)
        {
            _said.Append(isSecure ? "~" : "").AppendLine(line);
            if (inData)
            {
                if (line != ".") continue;
                inData = false;
                await SayAsync(stream, "250 taken");
                continue;
            }

            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await SayAsync(stream, $"250-sink{(_certificate is null || isSecure ? "" : "\r\n250-STARTTLS")}{(_login is null ? "" : "\r\n250-AUTH PLAIN")}\r\n250 8BITMIME");
                    break;
                case "STARTTLS":
                    await SayAsync(stream, "220 go on");
                    return true;
                case "AUTH":
                    isKnown = line == "AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes("\0" + _login!.Replace(':', '\0')));
                    await SayAsync(stream, isKnown ? "235 welcome" : "535 no such user, or not this password");
                    break;
                case "MAIL" when !isKnown:
                    await SayAsync(stream, "530 who are you?");
                    break;
                case "DATA":
                    inData = true;
                    await SayAsync(stream, "354 go on");
                    break;
                case "QUIT":
                    await SayAsync(stream, "221 bye");
                    return false;
                default:
                    await SayAsync(stream, "250 ok");
                    break;
            }
        }

        return false;
    }

    // Whoever does not like what it sees hangs up without a word.
    private static async Task<string?> ReadAsync(StreamReader reader)
    {
        try
        {
            return await reader.ReadLineAsync();
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static async Task SayAsync(Stream stream, string line)
    {
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));
        }
        catch (IOException)
        {
            // The next read says that nobody is there any more.
        }
    }
}
