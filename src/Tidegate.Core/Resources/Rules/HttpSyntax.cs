using System.Net;

namespace Tidegate.Core.Resources.Rules;

/// <summary>What HTTP allows in names and values (RFC 9110 §5).</summary>
internal static class HttpSyntax
{
    /// <summary>Headers that frame a message or belong to one connection: the gateway's own business.</summary>
    private static readonly HashSet<string> Framing = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Expect", "Host", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    /// <summary>Header names, methods and cookie names.</summary>
    public static bool IsToken(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));

    /// <summary>Visible ASCII, blanks and tabs: no control bytes, so nothing can begin a header of its own.</summary>
    public static bool IsHeaderValue(string text) => text.All(c => c is '\t' or (>= ' ' and <= '~'));

    public static bool IsFraming(string header) => Framing.Contains(header);

    /// <summary>A DNS name or an address, without port.</summary>
    public static bool IsHost(string host)
    {
        if (host.StartsWith('[')) return host.EndsWith(']') && IPAddress.TryParse(host, out _);
        return host.Length is > 0 and <= 253 && host.Split('.').All(IsLabel);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
